// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/gateway/events/ring.h"

namespace fails::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bus::StoredMessage Message(std::string payload) {
  bus::StoredMessage message;
  message.sequence = 42;
  message.payload = std::move(payload);
  return message;
}

Event MakeEvent(std::uint64_t sequence, std::string provider = "openai") {
  return {.sequence = sequence,
          .type = "fails.incident.opened",
          .provider = std::move(provider),
          .services = {},
          .frame = std::make_shared<const std::string>(std::to_string(sequence))};
}

std::vector<std::string> Texts(const Ring::Slice& slice) {
  std::vector<std::string> texts;
  for (const auto& frame : slice.frames) texts.push_back(*frame);
  return texts;
}

TEST(Event, IsAFrameWithTheStreamsSequence) {
  const auto event = ParseEvent(Message(
      R"({"type":"fails.incident.opened","data":{"provider":"openai","services":["openai/api"]}})"));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(
      *event->frame,
      "id: 42\nevent: fails.incident.opened\n"
      R"(data: {"type":"fails.incident.opened","data":{"provider":"openai","services":["openai/api"]}})"
      "\n\n");
  EXPECT_EQ(event->provider, "openai");
  EXPECT_THAT(event->services, ElementsAre("openai/api"));
}

TEST(Event, OfAServiceIsAboutThatService) {
  const auto event = ParseEvent(Message(
      R"({"type":"fails.service.status_changed","data":{"service":"openai/api","provider":"openai"}})"));
  ASSERT_TRUE(event.ok()) << event.status();
  EXPECT_EQ(event->type, "fails.service.status_changed");
  EXPECT_EQ(event->provider, "openai");
  EXPECT_THAT(event->services, ElementsAre("openai/api"));
}

TEST(Event, JsonOnSeveralLinesBecomesOne) {
  const auto event = ParseEvent(
      Message("{\n\"type\": \"fails.incident.opened\",\r\n\"data\": {\"provider\": \"a\"}}"));
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(*event->frame,
            "id: 42\nevent: fails.incident.opened\n"
            R"(data: {"type":"fails.incident.opened","data":{"provider":"a"}})"
            "\n\n");
}

TEST(Event, ALineBreakInTheTypeBeginsNoField) {
  const auto event = ParseEvent(Message(R"({"type":"x\ndata: evil","data":{"provider":"a"}})"));
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->frame->find("\ndata: evil"), std::string::npos);
}

TEST(Event, RefusesWhatIsNoEvent) {
  for (const char* payload :
       {"", "nonsense", "[]", "{}", R"({"type":"x"})", R"({"data":{}})",
        R"({"type":"x","data":{}})", R"({"type":1,"data":{"provider":"a"}})"}) {
    EXPECT_FALSE(ParseEvent(Message(payload)).ok()) << payload;
  }
}

TEST(EventFilter, ListsNarrowEachOther) {
  Event event = MakeEvent(1);
  event.services = {"openai/api", "openai/chatgpt"};
  EXPECT_TRUE(EventFilter{}.Matches(event));
  EXPECT_TRUE((EventFilter{{"anthropic", "openai"}, {}, {}}).Matches(event));
  EXPECT_FALSE((EventFilter{{"anthropic"}, {}, {}}).Matches(event));
  EXPECT_TRUE((EventFilter{{}, {"openai/chatgpt"}, {"fails.incident.opened"}}).Matches(event));
  EXPECT_FALSE((EventFilter{{}, {"openai/chatgpt"}, {"fails.incident.resolved"}}).Matches(event));
  EXPECT_FALSE((EventFilter{{}, {"openai/labs"}, {}}).Matches(event));
}

TEST(Frames, Hello) {
  const std::uint64_t id = 7;
  EXPECT_EQ(HelloFrame(&id), ": hello\nretry: 2000\nid: 7\n\n");
  EXPECT_EQ(HelloFrame(nullptr), ": hello\nretry: 2000\n\n");
}

TEST(Ring, HandsOutWhatLiesBehindACursor) {
  Ring ring(10, 1 << 20);
  ring.Reset(4);
  for (std::uint64_t i = 5; i <= 9; ++i) ring.Append(MakeEvent(i));
  EXPECT_TRUE(ring.Covers(4));
  EXPECT_FALSE(ring.Covers(3));
  const auto slice = ring.After(6, {}, 2);
  EXPECT_THAT(Texts(slice), ElementsAre("7", "8"));
  EXPECT_EQ(slice.cursor, 8u);
  EXPECT_THAT(Texts(ring.After(slice.cursor, {}, 2)), ElementsAre("9"));
  EXPECT_THAT(Texts(ring.After(9, {}, 2)), IsEmpty());
}

TEST(Ring, SkippingMovesTheCursorToo) {
  Ring ring(10, 1 << 20);
  ring.Append(MakeEvent(1, "anthropic"));
  ring.Append(MakeEvent(2, "openai"));
  ring.Append(MakeEvent(3, "anthropic"));
  const auto slice = ring.After(0, {{"openai"}, {}, {}}, 32);
  EXPECT_THAT(Texts(slice), ElementsAre("2"));
  EXPECT_EQ(slice.cursor, 3u);
}

TEST(Ring, ForgetsTheOldestByCountAndByBytes) {
  Ring few(2, 1 << 20);
  Ring small(100, 3);
  for (std::uint64_t i = 1; i <= 4; ++i) {
    few.Append(MakeEvent(i));
    small.Append(MakeEvent(i));
  }
  EXPECT_EQ(few.base(), 2u);
  EXPECT_FALSE(few.Covers(1));
  EXPECT_THAT(Texts(few.After(2, {}, 32)), ElementsAre("3", "4"));
  EXPECT_EQ(small.base(), 1u);
}

TEST(Ring, ACursorAheadOfTheRingWaits) {
  Ring ring(10, 1 << 20);
  ring.Append(MakeEvent(1));
  const auto slice = ring.After(5, {}, 32);
  EXPECT_THAT(Texts(slice), IsEmpty());
  EXPECT_EQ(slice.cursor, 5u);
}

}  // namespace
}  // namespace fails::gateway
