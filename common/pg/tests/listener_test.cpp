// SPDX-License-Identifier: Apache-2.0
#include "common/pg/listener.h"

#include <gtest/gtest.h>

#include <atomic>

#include "common/pg/tests/pg_fixture.h"
#include "common/testing/await.h"

namespace fails::pg {
namespace {

using fails::testing::Await;

class ListenerTest : public PgTest {
 protected:
  std::atomic<int> calls_ = 0;
};

TEST_F(ListenerTest, CallsWhenConnectedAndWhenNotified) {
  Listener listener(database_.owner_url(), "test", "bell", [this] { ++calls_; });
  EXPECT_TRUE(Await([&] { return calls_ == 1; })) << "something may have been missed before";
  Run(pool_, "NOTIFY bell");
  EXPECT_TRUE(Await([&] { return calls_ == 2; }));
  Run(pool_, "NOTIFY another");
  Run(pool_, "NOTIFY bell");
  EXPECT_TRUE(Await([&] { return calls_ == 3; }));
  listener.Stop();
  listener.Stop();
}

TEST_F(ListenerTest, ListensAgainAfterTheServerWasKilled) {
  Listener listener(database_.owner_url(), "test", "bell", [this] { ++calls_; });
  EXPECT_TRUE(Await([&] { return calls_ == 1; }));
  server_.Kill();
  server_.Start();
  EXPECT_TRUE(Await([&] { return calls_ == 2; })) << "connected again";
  Run(pool_, "NOTIFY bell");
  EXPECT_TRUE(Await([&] { return calls_ == 3; }));
}

TEST_F(ListenerTest, StopsAlsoWithoutAServer) {
  Listener listener("postgresql://nobody@/nothing?host=/nowhere", "test", "bell",
                    [this] { ++calls_; });
  listener.Stop();
  EXPECT_EQ(calls_, 0);
}

}  // namespace
}  // namespace fails::pg
