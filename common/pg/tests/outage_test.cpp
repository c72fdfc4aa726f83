// SPDX-License-Identifier: Apache-2.0
// The server dies, at the worst moments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/pg/tests/pg_fixture.h"
#include "common/testing/await.h"

namespace fails::pg {
namespace {

using fails::testing::Await;
using ::testing::HasSubstr;

class OutageTest : public PgTest {
 protected:
  // Ends the server's side of the connections of `application`, as an administrator or a crash
  // does.
  void Terminate(const std::string& application) {
    pqxx::connection admin(database_.owner_url());
    pqxx::nontransaction(admin).exec(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = " +
        admin.quote(application));
  }
};

TEST_F(OutageTest, WorksAgainAfterTheServerWasKilled) {
  Run(pool_, "UPDATE thing SET value = 7 WHERE id = 1");
  server_.Kill();
  EXPECT_EQ(pool_.Probe().code(), absl::StatusCode::kUnavailable);
  server_.Start();
  EXPECT_TRUE(pool_.Probe().ok()) << "at once: broken connections are not handed out again";
  EXPECT_EQ(ValueOf(1), 7);
}

TEST_F(OutageTest, NeedsNoServerToBeMade) {
  server_.Kill();
  Pool early(Options());
  EXPECT_EQ(early.Probe().code(), absl::StatusCode::kUnavailable);
  server_.Start();
  EXPECT_TRUE(early.Probe().ok());
}

TEST_F(OutageTest, ManyIdleConnectionsThatBrokeCostNoTransaction) {
  Pool::Options options = Options();
  options.size = 8;
  options.application_name = "many";
  Pool pool(options);
  std::function<absl::Status(int)> nest = [&](int depth) -> absl::Status {
    return pool.Transact("t", [&](pqxx::work& tx) {
      tx.exec("SELECT 1");
      return depth == 0 ? absl::OkStatus() : nest(depth - 1);
    });
  };
  ASSERT_TRUE(nest(6).ok());  // seven connections, all idle now
  Terminate("many");
  EXPECT_TRUE(pool.Probe().ok());
}

TEST_F(OutageTest, AConnectionLostBeforeTheCommitRunsAgain) {
  Pool::Options options = Options();
  options.application_name = "victim";
  Pool pool(options);
  int runs = 0;
  const absl::Status status = pool.Transact("t", [&](pqxx::work& tx) {
    tx.exec("UPDATE thing SET value = value + 1 WHERE id = 1");
    if (++runs == 1) Terminate("victim");
    tx.exec("UPDATE thing SET value = value + 1 WHERE id = 2");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(ValueOf(1), 1);
  EXPECT_EQ(ValueOf(2), 1);
}

// The transaction commits and the server dies before it can say so; a deferred trigger runs within
// the COMMIT.
TEST_F(OutageTest, ACommitInDoubtIsNotRepeated) {
  Run(pool_, R"(
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER dies AFTER UPDATE ON thing DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION die())");
  int runs = 0;
  const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
    ++runs;
    tx.exec("UPDATE thing SET value = value + 1 WHERE id = 1");
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("unknown"));
  EXPECT_EQ(runs, 1);
  EXPECT_TRUE(pool_.Probe().ok());
}

// What was committed before a kill -9 is there after it.
TEST_F(OutageTest, KillingTheServerLosesNothingThatWasCommitted) {
  int committed = 0;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 50; ++i) {
      Run(pool_, "UPDATE thing SET value = value + 1 WHERE id = 1");
      ++committed;
    }
    server_.Kill();
    server_.Start();
  }
  EXPECT_EQ(ValueOf(1), committed);
}

}  // namespace
}  // namespace fails::pg
