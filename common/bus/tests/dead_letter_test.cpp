// SPDX-License-Identifier: Apache-2.0
#include "common/bus/dead_letter.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "common/base/time.h"
#include "common/bus/consumer.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

class DeadLetterTest : public BusTest {
 protected:
  DeadLetterTest() { Apply(TestTopology()); }

  static Consumer::Options Options() {
    return {.stream = "WORK",
            .durable = "worker",
            .max_deliver = 3,
            .redelivery = {.initial = absl::Milliseconds(20), .max = absl::Milliseconds(100)},
            .dead_letter_wait = absl::Milliseconds(300)};
  }
  bool AllAnswered() {
    const ConsumerState state = StateOf("WORK", "worker");
    return state.unanswered == 0 && state.waiting == 0;
  }
};

TEST_F(DeadLetterTest, EveryCodeThatMeansNeverKeepsPayloadAndHeaders) {
  const std::vector<absl::StatusCode> never = {
      absl::StatusCode::kInvalidArgument, absl::StatusCode::kDataLoss,
      absl::StatusCode::kFailedPrecondition, absl::StatusCode::kUnimplemented};
  Publisher publisher(*connection_);
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(publisher
                    .Publish({.subject = fmt::format("work.s{}", i),
                              .payload = fmt::format("{}", i),
                              .id = fmt::format("id-{}", i),
                              .headers = {{"Colour", "green"}}},
                             absl::Now() + absl::Seconds(30))
                    .ok());
  }
  std::atomic<int> calls = 0;
  Consumer consumer(*connection_, Options(), [&](const Delivery& delivery) {
    ++calls;
    return absl::Status(never[std::stoi(std::string(delivery.payload))], "line one\nline two");
  });
  const absl::Time before = absl::Now();
  consumer.Start();
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 4 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(calls, 4) << "none of them was tried again";
  const auto letters = Stored("FAILS_DEAD");
  ASSERT_EQ(letters.size(), 4u);
  for (int i = 0; i < 4; ++i) {
    const StoredMessage& letter = letters[i];
    EXPECT_EQ(letter.subject, "fails.dead.v1.WORK.worker");
    EXPECT_EQ(letter.payload, fmt::format("{}", i));
    const std::string reason = absl::StatusCodeToString(never[i]) + ": line one line two";
    EXPECT_THAT(
        letter.headers,
        AllOf(Contains(Pair(dead_letter::kSubject, fmt::format("work.s{}", i))),
              Contains(Pair(dead_letter::kSequence, fmt::format("{}", i + 1))),
              Contains(Pair(dead_letter::kMessageId, fmt::format("id-{}", i))),
              Contains(Pair(dead_letter::kReason, reason)),
              Contains(Pair(dead_letter::kDeliveries, "1")), Contains(Pair("Colour", "green")),
              Not(Contains(Key(dead_letter::kPayload)))));
    for (const auto& [name, value] : letter.headers) {
      if (name != dead_letter::kTime && name != dead_letter::kStoredAt) continue;
      const auto time = ParseTime(value);
      ASSERT_TRUE(time.ok()) << time.status();
      EXPECT_LT(*time - before, absl::Minutes(1)) << name;
      EXPECT_GT(*time - before, -absl::Minutes(1)) << name;
    }
    EXPECT_THAT(letter.headers,
                AllOf(Contains(Key(dead_letter::kTime)), Contains(Key(dead_letter::kStoredAt))));
  }
}

TEST_F(DeadLetterTest, TheLastAttemptTurnsLaterIntoADeadLetter) {
  Publish("work.a", "hopeless");
  std::atomic<int> calls = 0;
  Consumer consumer(*connection_, Options(), [&](const Delivery& delivery) {
    EXPECT_EQ(delivery.attempt, ++calls);
    return absl::UnavailableError("still not");
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 1 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(calls, 3);
  const auto letters = Stored("FAILS_DEAD");
  EXPECT_EQ(letters[0].payload, "hopeless");
  EXPECT_THAT(letters[0].headers,
              AllOf(Contains(Pair(dead_letter::kDeliveries, "3")),
                    Contains(Pair(dead_letter::kReason, "UNAVAILABLE: still not"))));
}

// The server is told to stop after two deliveries, which it would do silently: the smaller number
// counts.
TEST_F(DeadLetterTest, ALimitOfTheServerIsHonoured) {
  Topology topology = TestTopology();
  topology.consumers[0].max_deliver = 2;
  Apply(topology);
  Publish("work.a", "hopeless");
  std::atomic<int> calls = 0;
  Consumer consumer(*connection_, Options(), [&](const Delivery&) {
    ++calls;
    return absl::UnavailableError("still not");
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 1; }));
  consumer.Stop();
  EXPECT_EQ(calls, 2);
}

// Without a place for the dead letter the message stays where it is.
TEST_F(DeadLetterTest, IsStoredBeforeTheMessageIsGivenUp) {
  Topology topology = TestTopology();
  topology.streams[1].subjects = {"unused.>"};
  Apply(topology);
  Publish("work.a", "broken");
  std::atomic<int> calls = 0;
  Consumer consumer(*connection_, Options(), [&](const Delivery&) {
    ++calls;
    return absl::InvalidArgumentError("broken");
  });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return calls >= 2; })) << "it came again, since it was not given up";
  EXPECT_EQ(Count("FAILS_DEAD"), 0u);
  EXPECT_EQ(StateOf("WORK", "worker").unanswered, 1);
  Apply(TestTopology());
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 1 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(Stored("FAILS_DEAD")[0].payload, "broken");
}

// Deliveries that ended without an answer, as when each killed the process: in the end the handler
// is spared.
TEST_F(DeadLetterTest, AMessageThatNeverGetsAnAnswerDoesNotComeForEver) {
  Publish("work.a", "deadly");
  Publish("work.a", "harmless");
  std::atomic<int> deadly = 0, harmless = 0;
  const auto handler = [&](const Delivery& delivery) {
    if (delivery.payload == "harmless") {
      ++harmless;
      return absl::OkStatus();
    }
    ++deadly;
    return absl::CancelledError("the process died");  // delivered, and neither done nor failed
  };
  Consumer consumer(*connection_, Options(), handler);
  consumer.Start();
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 1 && harmless == 1 && AllAnswered(); }));
  consumer.Stop();
  EXPECT_EQ(deadly, 3);
  const auto letters = Stored("FAILS_DEAD");
  EXPECT_EQ(letters[0].payload, "deadly");
  EXPECT_THAT(letters[0].headers,
              Contains(Pair(dead_letter::kReason, HasSubstr("ended without an answer"))));
}

TEST_F(DeadLetterTest, APayloadThatLeavesNoRoomIsLeftInItsStream) {
  Topology topology = TestTopology();
  topology.streams[1].max_message_bytes = 2000;
  Apply(topology);
  Publish("work.a", std::string(1999, 'x'));
  Consumer consumer(*connection_, Options(),
                    [](const Delivery&) { return absl::DataLossError("broken"); });
  consumer.Start();
  EXPECT_TRUE(Await([&] { return Count("FAILS_DEAD") == 1 && AllAnswered(); }));
  consumer.Stop();
  const auto letters = Stored("FAILS_DEAD");
  EXPECT_EQ(letters[0].payload, "");
  EXPECT_THAT(letters[0].headers, AllOf(Contains(Pair(dead_letter::kPayload, "dropped")),
                                        Contains(Pair(dead_letter::kSequence, "1"))));
  EXPECT_EQ(Count("WORK"), 1u);
}

}  // namespace
}  // namespace fails::bus
