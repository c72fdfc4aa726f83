// SPDX-License-Identifier: Apache-2.0
#include "common/bus/stream_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/bus/handles.h"
#include "common/bus/session.h"
#include "common/bus/stored.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StreamReaderTest : public BusTest {
 protected:
  StreamReaderTest() { Apply(TestTopology()); }

  // Reads until `count` came, through whatever goes wrong in between.
  static std::vector<std::string> Read(StreamReader& reader, std::size_t count) {
    std::vector<std::string> payloads;
    EXPECT_TRUE(Await([&] {
      const auto some = reader.Next(100, absl::Seconds(1));
      if (!some.ok()) {
        EXPECT_EQ(some.status().code(), absl::StatusCode::kUnavailable) << some.status();
        return false;
      }
      for (const StoredMessage& message : *some) payloads.push_back(message.payload);
      return payloads.size() >= count;
    }));
    return payloads;
  }

  std::int64_t ConsumersOf(const std::string& stream) {
    jsStreamInfo* raw = nullptr;
    jsErrCode code{};
    const auto session = connection_->Acquire();
    EXPECT_EQ(js_GetStreamInfo(&raw, (*session)->jetstream, stream.c_str(), nullptr, &code),
              NATS_OK);
    return StreamInfoHandle(raw)->State.Consumers;
  }
};

TEST_F(StreamReaderTest, ReadsFromASequenceWithEverythingThatIsKnown) {
  for (const char* payload : {"1", "2", "3", "4"}) {
    Publish(fmt::format("work.{}", payload), payload, fmt::format("id-{}", payload));
  }
  StreamReader reader(*connection_, "WORK", "work.>", 3);
  const auto messages = reader.Next(10, absl::Seconds(10));
  ASSERT_TRUE(messages.ok()) << messages.status();
  ASSERT_EQ(messages->size(), 2u);
  EXPECT_EQ((*messages)[0].sequence, 3u);
  EXPECT_EQ((*messages)[0].subject, "work.3");
  EXPECT_EQ((*messages)[0].payload, "3");
  EXPECT_EQ((*messages)[0].message_id, "id-3");
  EXPECT_LT(absl::Now() - (*messages)[0].stored_at, absl::Minutes(1));
  EXPECT_EQ((*messages)[1].sequence, 4u);
  EXPECT_THAT(reader.Next(10, absl::Milliseconds(50)).value(), IsEmpty());
  Publish("work.5", "5");
  EXPECT_THAT(Read(reader, 1), ElementsAre("5"));
}

TEST_F(StreamReaderTest, ReadsFromATime) {
  for (const char* payload : {"1", "2", "3"}) Publish("work.a", payload);
  const absl::Time second = GetStored(*connection_, "WORK", 2).value().stored_at;
  StreamReader reader(*connection_, "WORK", "work.>", second);
  const std::uint64_t ahead = reader.Ahead().value();
  ASSERT_THAT(ahead, ::testing::AnyOf(2u, 3u)) << "up to a tenth of a second before";
  const std::vector<std::string> read = Read(reader, ahead);
  EXPECT_THAT(std::vector(read.end() - 2, read.end()), ElementsAre("2", "3"));
  EXPECT_EQ(reader.Ahead().value(), 0u);
  Publish("work.a", "4");
  EXPECT_THAT(Read(reader, 1), ElementsAre("4")) << "goes on behind what was handed out";
  StreamReader whole(*connection_, "WORK", "work.>", absl::InfinitePast());
  EXPECT_EQ(whole.Ahead().value(), 4u);
  StreamReader later(*connection_, "WORK", "work.>", absl::Now() + absl::Hours(1));
  EXPECT_EQ(later.Ahead().value(), 0u);
}

TEST_F(StreamReaderTest, OneMessageBySequenceAndGone) {
  Publish("work.a", "1", "id-1");
  Publish("work.b", "2");
  const auto first = GetStored(*connection_, "WORK", 1);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->sequence, 1u);
  EXPECT_EQ(first->subject, "work.a");
  EXPECT_EQ(first->payload, "1");
  EXPECT_EQ(first->message_id, "id-1");
  EXPECT_TRUE(DeleteStored(*connection_, "WORK", 1).ok());
  EXPECT_EQ(GetStored(*connection_, "WORK", 1).status().code(), absl::StatusCode::kNotFound);
  const absl::Status again = DeleteStored(*connection_, "WORK", 1);
  EXPECT_TRUE(again.ok()) << again;
  EXPECT_EQ(GetStored(*connection_, "WORK", 0).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(GetStored(*connection_, "WORK", 99).status().code(), absl::StatusCode::kNotFound);
  const absl::Status nobody = GetStored(*connection_, "NOBODY", 1).status();
  EXPECT_EQ(nobody.code(), absl::StatusCode::kUnavailable) << nobody;
  EXPECT_EQ(Count("WORK"), 1u);
}

TEST_F(StreamReaderTest, HandsOutNoMoreThanAsked) {
  for (int i = 0; i < 5; ++i) Publish("work.a", fmt::format("{}", i));
  StreamReader reader(*connection_, "WORK", "work.>", 1);
  EXPECT_EQ(reader.Next(2, absl::Seconds(10)).value().size(), 2u);
  EXPECT_EQ(reader.Next(2, absl::Seconds(10)).value().size(), 2u);
  EXPECT_EQ(reader.Next(2, absl::Seconds(10)).value().size(), 1u);
}

TEST_F(StreamReaderTest, ZeroIsFromNowOn) {
  Publish("work.a", "old");
  StreamReader reader(*connection_, "WORK", "work.>", 0);
  Publish("work.a", "between");
  EXPECT_THAT(Read(reader, 1), ElementsAre("between"));
  Publish("work.a", "new");
  EXPECT_THAT(Read(reader, 1), ElementsAre("new"));
}

TEST_F(StreamReaderTest, FiltersBySubject) {
  Publish("work.a.x", "1");
  Publish("work.b.x", "2");
  Publish("work.a.y", "3");
  StreamReader reader(*connection_, "WORK", "work.a.>", 1);
  EXPECT_THAT(Read(reader, 2), ElementsAre("1", "3"));
}

TEST_F(StreamReaderTest, ASequenceThatWasRemovedStartsAtTheNextOneHeld) {
  for (int i = 1; i <= 5; ++i) Publish("work.a", fmt::format("{}", i));
  jsOptions options;
  jsOptions_Init(&options);
  options.Stream.Purge.Sequence = 4;  // up to, not including
  jsErrCode code{};
  ASSERT_EQ(js_PurgeStream((*connection_->Acquire())->jetstream, "WORK", &options, &code), NATS_OK);
  StreamReader reader(*connection_, "WORK", "work.>", 2);
  EXPECT_THAT(Read(reader, 2), ElementsAre("4", "5"));
  const auto bounds = StreamReader::Bounds(*connection_, "WORK");
  ASSERT_TRUE(bounds.ok()) << bounds.status();
  EXPECT_EQ(bounds->first, 4u);
  EXPECT_EQ(bounds->last, 5u);
  EXPECT_EQ(bounds->messages, 2u);
}

TEST_F(StreamReaderTest, ContinuesAfterRestartsWithoutLossOrRepeat) {
  constexpr int kMessages = 2000;
  std::thread writer([&] {
    for (int i = 0; i < kMessages; ++i) {
      Publish("work.a", fmt::format("{}", i), fmt::format("{}", i));
    }
  });
  StreamReader reader(*connection_, "WORK", "work.>", 1);
  std::vector<std::string> payloads;
  for (const std::size_t until : {std::size_t{300}, std::size_t{900}, std::size_t{kMessages}}) {
    for (std::string& payload : Read(reader, until - payloads.size())) {
      payloads.push_back(std::move(payload));
    }
    if (until == kMessages) break;
    nats_.Kill();
    nats_.Start();
  }
  writer.join();
  ASSERT_EQ(payloads.size(), static_cast<std::size_t>(kMessages));
  for (int i = 0; i < kMessages; ++i) EXPECT_EQ(payloads[i], fmt::format("{}", i));
}

// "From now on" keeps its place when nothing had come before the server died.
TEST_F(StreamReaderTest, FromNowOnSurvivesARestartBeforeTheFirstMessage) {
  Publish("work.a", "old");
  StreamReader reader(*connection_, "WORK", "work.>", 0);
  EXPECT_THAT(reader.Next(1, absl::Milliseconds(50)).value(), IsEmpty());
  nats_.Kill();
  nats_.Start();
  Publish("work.a", "new", "id");
  EXPECT_THAT(Read(reader, 1), ElementsAre("new"));
}

TEST_F(StreamReaderTest, GoesOnWhenItsConsumerWasTakenAway) {
  Publish("work.a", "1");
  StreamReader reader(*connection_, "WORK", "work.>", 1);
  EXPECT_THAT(Read(reader, 1), ElementsAre("1"));
  jsConsumerNamesList* names = nullptr;
  jsErrCode code{};
  const auto session = *connection_->Acquire();
  ASSERT_EQ(js_ConsumerNames(&names, session->jetstream, "WORK", nullptr, &code), NATS_OK);
  for (int i = 0; i < names->Count; ++i) {
    if (std::string(names->List[i]) == "worker") continue;
    EXPECT_EQ(js_DeleteConsumer(session->jetstream, "WORK", names->List[i], nullptr, &code),
              NATS_OK);
  }
  jsConsumerNamesList_Destroy(names);
  Publish("work.a", "2");
  EXPECT_THAT(Read(reader, 1), ElementsAre("2"));
}

TEST_F(StreamReaderTest, AStreamThatBeganAnewIsReadFromItsStart) {
  for (int i = 1; i <= 5; ++i) Publish("work.a", fmt::format("old {}", i));
  StreamReader reader(*connection_, "WORK", "work.>", 1);
  EXPECT_EQ(Read(reader, 5).size(), 5u);
  nats_.Kill();
  nats_.EraseStore();
  nats_.Start();
  ASSERT_TRUE(Await([&] { return ApplyTopology(*connection_, TestTopology()).ok(); }));
  Publish("work.a", "new 1");
  EXPECT_THAT(Read(reader, 1), ElementsAre("new 1"));
}

TEST_F(StreamReaderTest, WithoutStreamOrServerItIsUnavailable) {
  StreamReader nowhere(*connection_, "NOWHERE", ">", 1);
  EXPECT_EQ(nowhere.Next(1, absl::Milliseconds(10)).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(StreamReader::Bounds(*connection_, "NOWHERE").status().code(),
            absl::StatusCode::kUnavailable);
  nats_.Kill();
  ASSERT_TRUE(Await([&] { return !connection_->Probe().ok(); }));
  StreamReader reader(*connection_, "WORK", "work.>", 1);
  EXPECT_EQ(reader.Next(1, absl::Milliseconds(10)).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(StreamReader::Bounds(*connection_, "WORK").status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(StreamReaderTest, LeavesNoTrace) {
  Publish("work.a", "1");
  const std::int64_t before = ConsumersOf("WORK");
  {
    StreamReader reader(*connection_, "WORK", "work.>", 1);
    EXPECT_THAT(Read(reader, 1), ElementsAre("1"));
    EXPECT_EQ(ConsumersOf("WORK"), before + 1);
  }
  EXPECT_TRUE(Await([&] { return ConsumersOf("WORK") == before; }))
      << "the server may take its time to forget it";
  EXPECT_EQ(Count("WORK"), 1u);
}

}  // namespace
}  // namespace fails::bus
