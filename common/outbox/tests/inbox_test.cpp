// SPDX-License-Identifier: Apache-2.0
#include "common/outbox/inbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "common/pg/pool.h"
#include "common/testing/private_postgres.h"

namespace fails::outbox {
namespace {

class InboxTest : public ::testing::Test {
 protected:
  absl::StatusOr<bool> Handle(const std::string& consumer, const std::string& id,
                              absl::Status result = absl::OkStatus()) {
    return pool_.Transact("handle", [&](pqxx::work& tx) -> absl::StatusOr<bool> {
      const bool fresh = MarkHandled(tx, "incidents", consumer, id);
      if (!result.ok()) return result;
      return fresh;
    });
  }

  fails::testing::PrivatePostgres::Database database_ =
      fails::testing::PrivatePostgres::Get().NewDatabase();
  pg::Pool pool_{{.url = database_.normalizer_url()}};
};

TEST_F(InboxTest, AMessageIsNewOnceForEachConsumer) {
  EXPECT_TRUE(Handle("a", "1").value());
  EXPECT_FALSE(Handle("a", "1").value());
  EXPECT_FALSE(Handle("a", "1").value());
  EXPECT_TRUE(Handle("b", "1").value());
  EXPECT_TRUE(Handle("a", "2").value());
}

TEST_F(InboxTest, OneConnectionServesSeveralSchemas) {
  pg::Pool owner({.url = database_.owner_url(), .size = 1});
  const absl::Status status = owner.Transact("both", [](pqxx::work& tx) {
    tx.exec("CREATE SCHEMA other");
    tx.exec("CREATE TABLE other.inbox (LIKE incidents.inbox INCLUDING ALL)");
    EXPECT_TRUE(MarkHandled(tx, "incidents", "a", "1"));
    EXPECT_TRUE(MarkHandled(tx, "other", "a", "1"));
    EXPECT_FALSE(MarkHandled(tx, "other", "a", "1"));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(InboxTest, ATransactionThatFailedHandledNothing) {
  EXPECT_FALSE(Handle("a", "1", absl::UnavailableError("later")).ok());
  EXPECT_TRUE(Handle("a", "1").value());
}

TEST_F(InboxTest, OfManyAtOnceOneIsTheFirst) {
  std::vector<std::thread> threads;
  std::atomic<int> fresh = 0, failed = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      const auto handled = Handle("a", "contested");
      if (!handled.ok()) ++failed;
      if (handled.ok() && *handled) ++fresh;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(fresh, 1);
}

}  // namespace
}  // namespace fails::outbox
