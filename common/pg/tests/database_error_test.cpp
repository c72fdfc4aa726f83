// SPDX-License-Identifier: Apache-2.0
#include "common/pg/database_error.h"

#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <stdexcept>

namespace fails::pg {
namespace {

struct Row {
  const char* state;
  absl::StatusCode code;
  bool connection_lost, repeatable;
};

TEST(DatabaseErrorTest, EverySqlstateHasItsMeaning) {
  for (const Row& row : {
           Row{"40001", absl::StatusCode::kAborted, false, true},
           Row{"40P01", absl::StatusCode::kAborted, false, true},
           Row{"57014", absl::StatusCode::kDeadlineExceeded, false, false},
           Row{"57P01", absl::StatusCode::kUnavailable, true, true},
           Row{"57P02", absl::StatusCode::kUnavailable, true, true},
           Row{"57P03", absl::StatusCode::kUnavailable, true, true},
           Row{"08006", absl::StatusCode::kUnavailable, true, true},
           Row{"53100", absl::StatusCode::kUnavailable, false, false},
           Row{"55P03", absl::StatusCode::kUnavailable, false, false},
           Row{"42P01", absl::StatusCode::kUnavailable, false, false},
           Row{"3F000", absl::StatusCode::kUnavailable, false, false},
           Row{"42501", absl::StatusCode::kUnavailable, false, false},
           Row{"25006", absl::StatusCode::kInternal, false, false},
           Row{"23505", absl::StatusCode::kInvalidArgument, false, false},
           Row{"42601", absl::StatusCode::kInternal, false, false},
           Row{"54000", absl::StatusCode::kInvalidArgument, false, false},
           Row{"22012", absl::StatusCode::kInvalidArgument, false, false},
       }) {
    const DatabaseError error =
        Classify(pqxx::sql_error("text\n", "SELECT secret", row.state), false);
    EXPECT_EQ(error.status.code(), row.code) << row.state;
    EXPECT_EQ(error.connection_lost, row.connection_lost) << row.state;
    EXPECT_EQ(error.repeatable, row.repeatable) << row.state;
    EXPECT_EQ(error.status.message().find("secret"), absl::string_view::npos) << "no statement";
    EXPECT_EQ(error.status.message().find('\n'), absl::string_view::npos);
  }
}

TEST(DatabaseErrorTest, ACommitInDoubtIsNotRepeated) {
  for (const DatabaseError& error : {Classify(pqxx::in_doubt_error("lost"), true),
                                     Classify(pqxx::broken_connection("lost"), true),
                                     Classify(pqxx::sql_error("x", "COMMIT", "57P01"), true),
                                     Classify(pqxx::statement_completion_unknown("x"), false)}) {
    EXPECT_EQ(error.status.code(), absl::StatusCode::kUnavailable);
    EXPECT_FALSE(error.repeatable);
    EXPECT_TRUE(error.connection_lost);
  }
}

TEST(DatabaseErrorTest, BeforeTheCommitALostConnectionMeansRolledBack) {
  const DatabaseError error = Classify(pqxx::broken_connection("lost"), false);
  EXPECT_EQ(error.status.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(error.repeatable);
  const DatabaseError deadlock = Classify(pqxx::deadlock_detected("x"), false);
  EXPECT_EQ(deadlock.status.code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(deadlock.repeatable);
}

TEST(DatabaseErrorTest, AnythingElseIsInternal) {
  EXPECT_EQ(Classify(std::runtime_error("x"), false).status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Classify(pqxx::conversion_error("x"), false).status.code(),
            absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace fails::pg
