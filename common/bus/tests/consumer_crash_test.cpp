// SPDX-License-Identifier: Apache-2.0
// A message that kills the process, in processes that really die.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/synchronization/notification.h"
#include "common/bus/consumer.h"
#include "common/bus/dead_letter.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"
#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using fails::testing::ChildProcess;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr int kMessages = 20;
constexpr char kDeadly[] = "5";

class ConsumerCrashTest : public BusTest {
 protected:
  ConsumerCrashTest() {
    Topology topology = TestTopology();
    topology.streams.push_back({.name = "DONE", .subjects = {"done.>"}});
    // Each crash takes it, and a message that a busy machine holds up for as long comes twice.
    topology.consumers[0].ack_wait = absl::Seconds(2);
    Apply(topology);
  }
};

// The process that dies: run by the test below as a program of its own.
TEST(ConsumerCrash, DISABLED_Process) {
  auto connection = Connection::Open({.url = std::getenv("FAILS_TEST_NATS")});
  ASSERT_TRUE(connection.ok()) << connection.status();
  Publisher publisher(**connection);
  Consumer consumer(**connection, {.stream = "WORK", .durable = "worker", .max_deliver = 3},
                    [&](const Delivery& delivery) {
                      const std::string payload(delivery.payload);
                      if (payload == kDeadly) _exit(7);
                      return publisher
                          .Publish({.subject = "done.a",
                                    .payload = fmt::format("{} {}", payload, delivery.attempt)},
                                   absl::Now() + absl::Seconds(10))
                          .status();
                    });
  consumer.Start();
  const absl::Notification never;
  never.WaitForNotification();
}

TEST_F(ConsumerCrashTest, BecomesADeadLetterAndTakesNoOtherWithIt) {
  const fails::testing::TempDir folder("fails-crash-");
  for (int i = 0; i < kMessages; ++i) Publish("work.a", fmt::format("{}", i));
  int crashes = 0;
  std::unique_ptr<ChildProcess> process;
  EXPECT_TRUE(Await([&] {
    if (process == nullptr || !process->Running()) {
      if (process != nullptr) ++crashes;
      process = std::make_unique<ChildProcess>(
          ChildProcess::Spec{.command = {"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                         "--gtest_filter=*DISABLED_Process"},
                             .env = {{"FAILS_TEST_NATS", nats_.url()}},
                             .log = folder.path() / "log"});
    }
    return Count("FAILS_DEAD") == 1 && Count("DONE") == kMessages - 1;
  })) << fails::testing::ReadFile(folder.path() / "log");
  EXPECT_EQ(crashes, 3) << "max_deliver";
  const auto letters = Stored("FAILS_DEAD");
  EXPECT_EQ(letters[0].payload, kDeadly);
  EXPECT_THAT(letters[0].headers,
              Contains(Pair(dead_letter::kReason, HasSubstr("ended without an answer"))));
  for (const StoredMessage& done : Stored("DONE")) {
    EXPECT_TRUE(done.payload.ends_with(" 1")) << "message and attempt: " << done.payload;
  }
}

}  // namespace
}  // namespace fails::bus
