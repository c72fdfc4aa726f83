// SPDX-License-Identifier: Apache-2.0
// A consumer whose handler needs something that is not there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/mutex.h"
#include "common/bus/consumer.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using ::testing::ElementsAre;

class ConsumerReadyTest : public BusTest {
 protected:
  ConsumerReadyTest() { Apply(TestTopology()); }
  ~ConsumerReadyTest() override { consumer_.Stop(); }

  // "<payload> <attempt>" of all deliveries.
  std::vector<std::string> Delivered() {
    absl::MutexLock lock(&mutex_);
    return delivered_;
  }
  bool AllAnswered() {
    const ConsumerState state = StateOf("WORK", "worker");
    return state.unanswered == 0 && state.waiting == 0;
  }

  std::atomic<bool> there_ = false;
  std::atomic<int> asked_ = 0;
  absl::Mutex mutex_;
  std::vector<std::string> delivered_ ABSL_GUARDED_BY(mutex_);
  Consumer consumer_{*connection_,
                     {.stream = "WORK",
                      .durable = "worker",
                      .redelivery = {.initial = absl::Milliseconds(20)},
                      .ready =
                          [this] {
                            ++asked_;
                            return there_ ? absl::OkStatus() : absl::UnavailableError("away");
                          }},
                     [this](const Delivery& delivery) {
                       absl::MutexLock lock(&mutex_);
                       delivered_.push_back(std::string(delivery.payload) + " " +
                                            std::to_string(delivery.attempt));
                       return there_ ? absl::OkStatus() : absl::UnavailableError("away");
                     }};
};

TEST_F(ConsumerReadyTest, NothingIsFetchedBeforeItIsThere) {
  for (const char* payload : {"a", "b", "c"}) Publish("work.a", payload);
  consumer_.Start();
  ASSERT_TRUE(Await([&] { return asked_ >= 3; }));
  EXPECT_EQ(StateOf("WORK", "worker").waiting, 3u);
  there_ = true;
  ASSERT_TRUE(Await([&] { return AllAnswered(); }));
  EXPECT_THAT(Delivered(), ElementsAre("a 1", "b 1", "c 1"));
}

TEST_F(ConsumerReadyTest, WhileItIsAwayNothingMoreIsFetched) {
  there_ = true;
  Publish("work.a", "a");
  consumer_.Start();
  ASSERT_TRUE(Await([&] { return Delivered().size() == 1 && AllAnswered(); }));
  there_ = false;
  Publish("work.a", "b");
  ASSERT_TRUE(Await([&] { return Delivered().size() >= 2; }));
  const int before = asked_;
  ASSERT_TRUE(Await([&] { return asked_ >= before + 3; }));
  Publish("work.a", "c");
  EXPECT_EQ(StateOf("WORK", "worker").waiting, 1u) << "c is left alone";
  there_ = true;
  ASSERT_TRUE(Await([&] { return Delivered().size() == 4 && AllAnswered(); }));
  EXPECT_THAT(Delivered(), ::testing::UnorderedElementsAre("a 1", "b 1", "b 2", "c 1"));
}

}  // namespace
}  // namespace fails::bus
