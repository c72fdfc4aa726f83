// SPDX-License-Identifier: Apache-2.0
#include "common/bus/consumer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using fails::testing::Returns;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// What a handler was given, by payload.
class Log {
 public:
  void Add(const Delivery& delivery) {
    absl::MutexLock lock(&mutex_);
    attempts_[std::string(delivery.payload)].push_back(delivery.attempt);
    order_.emplace_back(delivery.payload);
  }
  std::map<std::string, std::vector<int>> attempts() const {
    absl::MutexLock lock(&mutex_);
    return attempts_;
  }
  std::vector<std::string> order() const {
    absl::MutexLock lock(&mutex_);
    return order_;
  }
  std::size_t size() const { return order().size(); }

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, std::vector<int>> attempts_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> order_ ABSL_GUARDED_BY(mutex_);
};

// Whether a thread of this program waits for something.
bool Sleeps(pid_t thread) {
  std::ifstream file(fmt::format("/proc/self/task/{}/stat", thread));
  const std::string stat((std::istreambuf_iterator<char>(file)), {});
  const std::size_t end_of_name = stat.rfind(')');
  return end_of_name != std::string::npos && stat.compare(end_of_name, 3, ") S") == 0;
}

class ConsumerTest : public BusTest {
 protected:
  ConsumerTest() { Apply(TestTopology()); }

  static Consumer::Options Options() {
    return {.stream = "WORK",
            .durable = "worker",
            .redelivery = {.initial = absl::Milliseconds(50), .max = absl::Milliseconds(200)}};
  }
  void PublishNumbers(int count) {
    for (int i = 0; i < count; ++i) Publish("work.a", fmt::format("{}", i));
  }
  bool AllAnswered() {
    const ConsumerState state = StateOf("WORK", "worker");
    return state.unanswered == 0 && state.waiting == 0;
  }

  Log log_;
};

TEST_F(ConsumerTest, GivesTheHandlerEveryMessageInOrder) {
  constexpr char kTrace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  {
    const obs::TraceScope trace(kTrace);
    Publish("work.first", "hello", "id-1");
  }
  PublishNumbers(300);
  std::string seen;
  Consumer::Options options = Options();
  options.batch = 50;
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    if (delivery.sequence == 1) {
      seen = fmt::format("{} {} {} {} {}", delivery.subject, delivery.payload, delivery.message_id,
                         delivery.attempt, obs::CurrentTraceparent());
      EXPECT_LT(absl::Now() - delivery.stored_at, absl::Minutes(1));
    } else {
      log_.Add(delivery);
    }
    return absl::OkStatus();
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == 300; }));
  EXPECT_TRUE(Await([&] { return AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(seen, fmt::format("work.first hello id-1 1 {}", kTrace));
  for (int i = 0; i < 300; ++i) EXPECT_EQ(log_.order()[i], fmt::format("{}", i));
  EXPECT_EQ(Count("FAILS_DEAD"), 0u);
}

TEST_F(ConsumerTest, AlreadyExistsIsDone) {
  PublishNumbers(1);
  Consumer consumer(*connection_, Options(), [&](const Delivery& delivery) {
    log_.Add(delivery);
    return absl::AlreadyExistsError("seen before");
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == 1 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(log_.size(), 1u);
  EXPECT_EQ(Count("FAILS_DEAD"), 0u);
}

// Each row of the table that means "later", and an exception: it comes again after a delay, with
// the attempt counted.
TEST_F(ConsumerTest, LaterComesAgainWithADelay) {
  const std::vector<absl::StatusCode> later = {
      absl::StatusCode::kUnavailable, absl::StatusCode::kDeadlineExceeded,
      absl::StatusCode::kAborted, absl::StatusCode::kResourceExhausted,
      absl::StatusCode::kInternal};
  PublishNumbers(static_cast<int>(later.size()) + 2);
  absl::Time first_failed = absl::InfinitePast();
  absl::Duration came_again;
  Consumer consumer(*connection_, Options(), [&](const Delivery& delivery) -> absl::Status {
    log_.Add(delivery);
    const int number = std::stoi(std::string(delivery.payload));
    if (delivery.attempt > 1) {
      if (number == 0) came_again = absl::Now() - first_failed;
      return absl::OkStatus();
    }
    if (number == 0) first_failed = absl::Now();
    if (number == 5) throw std::runtime_error("thrown");
    if (number == 6) throw 6;
    return absl::Status(later[number], "not now");
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == 14 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_THAT(log_.attempts(), SizeIs(7));
  for (const auto& [payload, attempts] : log_.attempts()) {
    EXPECT_THAT(attempts, ElementsAre(1, 2)) << payload;
  }
  EXPECT_GE(came_again, absl::Milliseconds(35)) << "50 ms, less the jitter";
  EXPECT_EQ(Count("FAILS_DEAD"), 0u);
}

TEST_F(ConsumerTest, CancelledIsHandedBackAtOnce) {
  PublishNumbers(1);
  Consumer::Options options = Options();
  options.redelivery = {.initial = absl::Minutes(10), .max = absl::Minutes(10)};
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    log_.Add(delivery);
    return delivery.attempt < 3 ? absl::CancelledError("stopping") : absl::OkStatus();
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == 3 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_THAT(log_.attempts()["0"], ElementsAre(1, 2, 3));
}

TEST_F(ConsumerTest, StopLetsTheHandlerFinishAndHandsBackTheRest) {
  Topology topology = TestTopology();
  topology.consumers[0].ack_wait = absl::Hours(1);  // nothing comes again but what is handed back
  Apply(topology);
  PublishNumbers(60);
  absl::Notification reached, proceed;
  std::atomic<bool> finished = false;
  Consumer::Options options = Options();
  options.batch = 20;
  Consumer first(*connection_, options, [&](const Delivery& delivery) {
    if (delivery.payload == "10") {  // in the middle of a batch
      reached.Notify();
      proceed.WaitForNotification();
      finished = true;
    }
    log_.Add(delivery);
    return absl::OkStatus();
  });
  first.Start();
  ASSERT_TRUE(reached.WaitForNotificationWithTimeout(absl::Seconds(30)));
  EXPECT_GT(StateOf("WORK", "worker").unanswered, 1) << "more than the running one was fetched";
  std::atomic<pid_t> stopper_id = 0;
  std::thread stopper([&] {
    stopper_id = gettid();
    first.Stop();
  });
  EXPECT_TRUE(Await([&] { return stopper_id != 0 && Sleeps(stopper_id); })) << "Stop waits";
  EXPECT_FALSE(finished);
  proceed.Notify();
  stopper.join();
  EXPECT_TRUE(finished) << "Stop returned before the handler did";
  EXPECT_EQ(log_.size(), 11u) << "nothing was begun after Stop";

  Consumer second(*connection_, Options(), [&](const Delivery& delivery) {
    log_.Add(delivery);
    return absl::OkStatus();
  });
  second.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == 60 && AllAnswered(); })) << "not handed back";
  for (const auto& [payload, attempts] : log_.attempts()) EXPECT_THAT(attempts, SizeIs(1));
  second.Stop();
  second.Stop();
}

TEST_F(ConsumerTest, StopBeforeStartAndWithoutAServerIsFine) {
  Consumer never_started(*connection_, Options(), [](const Delivery&) { return absl::OkStatus(); });
  never_started.Stop();
  never_started.Start();
  nats_.Kill();
  Consumer consumer(*connection_, Options(), [](const Delivery&) { return absl::OkStatus(); });
  consumer.Start();
  EXPECT_TRUE(Returns([&] { consumer.Stop(); }));
}

// A slow message, and what waits behind it, is not delivered a second time, which would use up its
// attempts.
TEST_F(ConsumerTest, MessagesThatWaitTheirTurnAreNotDeliveredAgain) {
  Topology topology = TestTopology();
  constexpr absl::Duration kAckWait = absl::Seconds(3);  // longer than a busy machine may stall
  topology.consumers[0].ack_wait = kAckWait;
  Apply(topology);
  PublishNumbers(8);
  absl::Notification slow_enough;
  Consumer::Options options = Options();
  options.batch = 8;
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    if (delivery.payload == "1") slow_enough.WaitForNotificationWithTimeout(kAckWait * 1.5);
    log_.Add(delivery);
    return absl::OkStatus();
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() >= 8 && AllAnswered(); }));
  consumer.Stop();
  for (const auto& [payload, attempts] : log_.attempts()) {
    EXPECT_THAT(attempts, ElementsAre(1)) << payload;
  }
}

TEST_F(ConsumerTest, GoesOnAfterTheServerWasKilled) {
  Topology topology = TestTopology();
  topology.consumers[0].ack_wait = absl::Seconds(2);  // what was under way comes again after it
  Apply(topology);
  Consumer::Options options = Options();
  options.workers = 3;
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    log_.Add(delivery);
    return absl::OkStatus();
  });
  consumer.Start();
  PublishNumbers(200);
  EXPECT_TRUE(Await([&] { return log_.size() >= 100; }));
  nats_.Kill();
  nats_.Start();
  for (int i = 200; i < 400; ++i) Publish("work.a", fmt::format("{}", i), fmt::format("id{}", i));
  EXPECT_TRUE(Await([&] { return log_.attempts().size() == 400 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(Count("FAILS_DEAD"), 0u);
}

TEST_F(ConsumerTest, WaitsForItsConsumerToExist) {
  Consumer::Options options = Options();
  options.durable = "later";
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    log_.Add(delivery);
    return absl::OkStatus();
  });
  consumer.Start();
  PublishNumbers(3);
  Topology topology = TestTopology();
  topology.consumers.push_back({.stream = "WORK", .name = "later", .filter_subject = "work.>"});
  Apply(topology);
  EXPECT_TRUE(Await([&] { return log_.size() == 3; }));
  consumer.Stop();
}

TEST_F(ConsumerTest, WorkersHandleDifferentSubjectsAtOnce) {
  Publish("work.a", "waits for the other");
  Publish("work.b", "the other");
  absl::Notification other;
  Consumer::Options options = Options();
  options.workers = 2;
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    if (delivery.subject == "work.b") other.Notify();
    EXPECT_TRUE(other.WaitForNotificationWithTimeout(absl::Seconds(30)));
    log_.Add(delivery);
    return absl::OkStatus();
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == 2 && AllAnswered(); }));
  consumer.Stop();
}

TEST_F(ConsumerTest, WorkersKeepTheOrderOfEachSubject) {
  constexpr int kCount = 300, kSubjects = 3;
  for (int i = 0; i < kCount; ++i) {
    Publish(fmt::format("work.{}", i % kSubjects), fmt::format("{}", i));
  }
  std::array<std::atomic<int>, kSubjects> at_once = {};
  std::atomic<int> last[kSubjects] = {-1, -1, -1};
  Consumer::Options options = Options();
  options.workers = 4;
  options.batch = 5;
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    const int number = std::stoi(std::string(delivery.payload)), subject = number % kSubjects;
    EXPECT_EQ(++at_once[subject], 1) << "one after the other";
    EXPECT_LT(last[subject].exchange(number), number);
    --at_once[subject];
    log_.Add(delivery);
    return absl::OkStatus();
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return log_.size() == kCount && AllAnswered(); }));
  consumer.Stop();
  for (const auto& [payload, attempts] : log_.attempts()) {
    EXPECT_THAT(attempts, ElementsAre(1)) << payload;
  }
}

// Two processes share the work.
TEST_F(ConsumerTest, TwoOfThemHandleEachMessageOnce) {
  Log other;
  const auto into = [](Log& log) {
    return [&log](const Delivery& delivery) {
      log.Add(delivery);
      return absl::OkStatus();
    };
  };
  const auto second_connection = Connect();
  Consumer first(*connection_, Options(), into(log_));
  Consumer second(*second_connection, Options(), into(other));
  first.Start();
  second.Start();
  PublishNumbers(500);
  EXPECT_TRUE(Await([&] { return log_.size() + other.size() >= 500 && AllAnswered(); }));
  first.Stop();
  second.Stop();
  EXPECT_EQ(log_.size() + other.size(), 500u);
}

TEST_F(ConsumerTest, CountsWhatBecameOfMessages) {
  PublishNumbers(2);
  Topology topology = TestTopology();
  topology.consumers[0].name = "counted";
  Apply(topology);
  Consumer::Options options = Options();
  options.durable = "counted";
  Consumer consumer(*connection_, options, [&](const Delivery& delivery) {
    log_.Add(delivery);
    return delivery.payload == "0" ? absl::OkStatus() : absl::DataLossError("broken");
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 1; }));
  consumer.Stop();
  const std::string metrics = obs::RenderMetrics();
  EXPECT_THAT(metrics,
              HasSubstr(R"(fails_bus_handled_total{consumer="counted",outcome="done"} 1)"));
  EXPECT_THAT(metrics,
              HasSubstr(R"(fails_bus_handled_total{consumer="counted",outcome="never"} 1)"));
  EXPECT_THAT(metrics, HasSubstr(R"(fails_bus_handler_seconds_count{consumer="counted"} 2)"));
}

}  // namespace
}  // namespace fails::bus
