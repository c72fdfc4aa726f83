// SPDX-License-Identifier: Apache-2.0
#include "common/pg/pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/obs/metrics.h"
#include "common/pg/tests/pg_fixture.h"
#include "common/testing/await.h"

namespace fails::pg {
namespace {

using ::testing::HasSubstr;

absl::Status Increment(pqxx::work& tx) {
  tx.exec("UPDATE thing SET value = value + 1 WHERE id = 1");
  return absl::OkStatus();
}

TEST_F(PgTest, CommitsOnOkAndGivesTheResult) {
  const auto result = pool_.Transact("t", [](pqxx::work& tx) -> absl::StatusOr<std::string> {
    if (absl::Status status = Increment(tx); !status.ok()) return status;
    return std::string("done");
  });
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(*result, "done");
  EXPECT_EQ(ValueOf(1), 1);
}

TEST_F(PgTest, RollsBackOnAnyOtherStatusAndReturnsIt) {
  const absl::Status status = pool_.Transact("t", [](pqxx::work& tx) {
    EXPECT_TRUE(Increment(tx).ok());
    return absl::NotFoundError("no such thing");
  });
  EXPECT_EQ(status, absl::NotFoundError("no such thing"));
  EXPECT_EQ(ValueOf(1), 0);
}

TEST_F(PgTest, AnExceptionOfTheBodyRollsBackAndIsInternal) {
  const absl::Status status = pool_.Transact("t", [](pqxx::work& tx) -> absl::Status {
    EXPECT_TRUE(Increment(tx).ok());
    throw std::runtime_error("surprise");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("surprise"));
  EXPECT_EQ(ValueOf(1), 0);
}

TEST_F(PgTest, SqlErrorsHaveTheirCodes) {
  const auto code_of = [&](const std::string& sql) {
    return pool_
        .Transact("t",
                  [&](pqxx::work& tx) {
                    tx.exec(sql);
                    return absl::OkStatus();
                  })
        .code();
  };
  EXPECT_EQ(code_of("SELECT * FROM nowhere"), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code_of("SELECT * FROM nowhere.thing"), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code_of("SELECT nothing FROM thing"), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code_of("SELECT 'x'::int"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code_of("INSERT INTO thing VALUES (1, 1)"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code_of("SELEC"), absl::StatusCode::kInternal);
  EXPECT_EQ(ValueOf(1), 0) << "and the connections work on";
}

TEST_F(PgTest, APrivilegeThatIsMissingMayStillCome) {
  Pool reader({.url = database_.reader_url()});
  const absl::Status status = reader.Transact("t", [](pqxx::work& tx) {
    tx.exec("SELECT * FROM incidents.incident");
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(reader.Probe().ok()) << "others are there";
}

TEST_F(PgTest, AStatementThatTakesTooLongIsCancelled) {
  Pool::Options options = Options();
  options.statement_timeout = absl::Milliseconds(100);
  Pool pool(options);
  const absl::Status status = pool.Transact("t", [](pqxx::work& tx) {
    tx.exec("SELECT pg_sleep(60)");
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_TRUE(fails::testing::Await([&] { return pool.Probe().ok(); })) << "the next one runs";
}

TEST_F(PgTest, ReadOnlyRefusesToWrite) {
  Pool::Options options = Options();
  options.read_only = true;
  Pool pool(options);
  EXPECT_EQ(pool.Transact("t", Increment).code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ValueOf(1), 0);
}

TEST_F(PgTest, OneWhoFindsNoFreeConnectionWaitsAndThenGivesUp) {
  Pool::Options options = Options();
  options.size = 1;
  options.acquire_timeout = absl::Milliseconds(100);
  Pool pool(options);
  absl::Notification taken, release;
  std::thread holder([&] {
    EXPECT_TRUE(pool.Transact("t",
                              [&](pqxx::work&) {
                                taken.Notify();
                                release.WaitForNotification();
                                return absl::OkStatus();
                              })
                    .ok());
  });
  taken.WaitForNotification();
  const absl::Time began = absl::Now();
  EXPECT_EQ(pool.Probe().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GE(absl::Now() - began, absl::Milliseconds(100));
  release.Notify();
  holder.join();
  EXPECT_TRUE(pool.Probe().ok());
}

TEST_F(PgTest, ManyThreadsShareFewConnections) {
  Pool::Options options = Options();
  options.size = 3;
  options.acquire_timeout = absl::Minutes(1);
  options.application_name = "shared";
  Pool pool(options);
  std::vector<std::thread> threads;
  std::atomic<int> running = 0, most = 0, failed = 0;
  for (int t = 0; t < 12; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const absl::Status status = pool.Transact("t", [&](pqxx::work& tx) {
          const int now = ++running;
          for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
          }
          const absl::Status done = Increment(tx);
          --running;
          return done;
        });
        if (!status.ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(ValueOf(1), 240);
  EXPECT_LE(most, 3);
}

TEST_F(PgTest, SessionsAreUtcIsoAndNamed) {
  const auto settings = pool_.Transact("t", [](pqxx::work& tx) -> absl::StatusOr<std::string> {
    return tx
        .exec(
            "SELECT current_setting('TimeZone') || ' ' || current_setting('DateStyle') || ' '"
            " || current_setting('application_name')")[0][0]
        .as<std::string>();
  });
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(*settings, "UTC ISO, MDY test");
}

TEST_F(PgTest, MeasuresTransactionsByNameAndCode) {
  EXPECT_TRUE(pool_.Transact("measured", Increment).ok());
  EXPECT_FALSE(
      pool_.Transact("measured", [](pqxx::work&) { return absl::NotFoundError(""); }).ok());
  const std::string metrics = obs::RenderMetrics();
  EXPECT_THAT(metrics,
              HasSubstr(R"(fails_pg_transaction_seconds_count{code="OK",name="measured"} 1)"));
  EXPECT_THAT(
      metrics,
      HasSubstr(R"(fails_pg_transaction_seconds_count{code="NOT_FOUND",name="measured"} 1)"));
}

}  // namespace
}  // namespace fails::pg
