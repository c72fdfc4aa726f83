// SPDX-License-Identifier: Apache-2.0
// Conflicts between two real transactions.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/pg/tests/pg_fixture.h"

namespace fails::pg {
namespace {

class RetryTest : public PgTest {};

TEST_F(RetryTest, ASerializationFailureRunsAgainAndSucceeds) {
  int runs = 0;
  const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
    ++runs;
    tx.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    tx.exec("SELECT value FROM thing WHERE id = 1");  // takes the snapshot
    if (runs == 1) Run(pool_, "UPDATE thing SET value = 100 WHERE id = 1");
    tx.exec("UPDATE thing SET value = value + 1 WHERE id = 1");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(ValueOf(1), 101);
}

TEST_F(RetryTest, AConflictAtTheCommitRunsAgainToo) {
  int runs = 0;
  const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
    ++runs;
    tx.exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    tx.exec("SELECT sum(value) FROM thing");
    tx.exec("UPDATE thing SET value = value + 1 WHERE id = 1");
    if (runs ==
        1) {  // another one reads what this writes, writes what this reads, and commits first
      EXPECT_TRUE(pool_
                      .Transact("other",
                                [](pqxx::work& other) {
                                  other.exec("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
                                  other.exec("SELECT sum(value) FROM thing");
                                  other.exec("UPDATE thing SET value = value + 10 WHERE id = 2");
                                  return absl::OkStatus();
                                })
                      .ok());
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(ValueOf(1), 1);
  EXPECT_EQ(ValueOf(2), 10);
}

TEST_F(RetryTest, OfTwoInADeadlockTheVictimRunsAgain) {
  std::atomic<int> runs = 0, succeeded = 0;
  absl::Notification first_holds, second_holds;
  const auto lock_both = [&](int mine, int other, absl::Notification& held,
                             absl::Notification& awaited) {
    bool first_run = true;
    const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
      ++runs;
      tx.exec_params("UPDATE thing SET value = value + 1 WHERE id = $1", mine);
      if (first_run) {
        first_run = false;
        held.Notify();
        awaited.WaitForNotification();
      }
      tx.exec_params("UPDATE thing SET value = value + 1 WHERE id = $1", other);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    if (status.ok()) ++succeeded;
  };
  std::thread first([&] { lock_both(1, 2, first_holds, second_holds); });
  std::thread second([&] { lock_both(2, 1, second_holds, first_holds); });
  first.join();
  second.join();
  EXPECT_EQ(succeeded, 2);
  EXPECT_EQ(runs, 3) << "one was the victim once";
  EXPECT_EQ(ValueOf(1), 2);
  EXPECT_EQ(ValueOf(2), 2);
}

TEST_F(RetryTest, GivesUpAfterThreeRuns) {
  int runs = 0;
  const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
    ++runs;
    tx.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    tx.exec("SELECT value FROM thing WHERE id = 1");
    Run(pool_, "UPDATE thing SET value = value + 10 WHERE id = 1");
    tx.exec("UPDATE thing SET value = value + 1 WHERE id = 1");
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(ValueOf(1), 30);
}

}  // namespace
}  // namespace fails::pg
