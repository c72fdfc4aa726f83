// SPDX-License-Identifier: Apache-2.0
#include "common/bus/topology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/bus/handles.h"
#include "common/bus/key_value.h"
#include "common/bus/session.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using ::testing::UnorderedElementsAre;

class TopologyTest : public BusTest {
 protected:
  StreamInfoHandle Stream(const std::string& name) {
    jsStreamInfo* raw = nullptr;
    jsErrCode code{};
    const auto session = connection_->Acquire();
    EXPECT_EQ(js_GetStreamInfo(&raw, (*session)->jetstream, name.c_str(), nullptr, &code), NATS_OK);
    return StreamInfoHandle(raw);
  }
  ConsumerInfoHandle ConsumerOf(const std::string& stream, const std::string& name) {
    jsConsumerInfo* raw = nullptr;
    jsErrCode code{};
    const auto session = connection_->Acquire();
    EXPECT_EQ(js_GetConsumerInfo(&raw, (*session)->jetstream, stream.c_str(), name.c_str(), nullptr,
                                 &code),
              NATS_OK);
    return ConsumerInfoHandle(raw);
  }
  static std::vector<std::string> Subjects(const StreamInfoHandle& info) {
    return {info->Config->Subjects, info->Config->Subjects + info->Config->SubjectsLen};
  }
};

TEST_F(TopologyTest, CreatesWhatTheFileOfTheSuiteDeclares) {
  const auto topology = Topology::Load(FAILS_SOURCE_DIR "/deploy/nats/topology.yaml");
  ASSERT_TRUE(topology.ok()) << topology.status();
  Apply(*topology);
  const auto raw = Stream("FAILS_RAW");
  EXPECT_THAT(Subjects(raw), UnorderedElementsAre("fails.raw.v1.>"));
  EXPECT_EQ(raw->Config->MaxAge, absl::ToInt64Nanoseconds(absl::Hours(17520)));
  EXPECT_EQ(raw->Config->MaxMsgSize, 8'000'000);
  EXPECT_EQ(raw->Config->Storage, js_FileStorage);
  const auto normalizer = ConsumerOf("FAILS_RAW", "normalizer");
  EXPECT_EQ(normalizer->Config->AckPolicy, js_AckExplicit);
  EXPECT_EQ(normalizer->Config->AckWait, absl::ToInt64Nanoseconds(absl::Seconds(15)));
  EXPECT_EQ(normalizer->Config->MaxDeliver, -1);
  EXPECT_STREQ(normalizer->Config->FilterSubject, "fails.raw.v1.>");
  Stream("FAILS_EVENTS");
  Stream("FAILS_DEAD");
  Stream("KV_page_state");
  Stream("KV_page_health");
}

TEST_F(TopologyTest, ASecondTimeChangesNothing) {
  Apply(TestTopology());
  Publish("work.a", "kept");
  ASSERT_TRUE(KeyValue(*connection_, "things").Put("a", "kept").ok());
  const std::int64_t created = Stream("WORK")->Created;
  Apply(TestTopology());
  EXPECT_EQ(Stream("WORK")->Created, created);
  EXPECT_EQ(Count("WORK"), 1u);
  EXPECT_EQ(KeyValue(*connection_, "things").Get("a").value()->value, "kept");
}

TEST_F(TopologyTest, ChangesWhatDiffersAndKeepsTheContent) {
  Apply(TestTopology());
  Publish("work.a", "kept");
  Topology changed = TestTopology();
  changed.streams[0].subjects = {"work.>", "more.>"};
  changed.streams[0].max_age = absl::Hours(48);
  changed.streams[0].max_bytes = 1 << 20;
  changed.streams[0].max_message_bytes = 5000;
  changed.streams[0].duplicate_window = absl::Minutes(5);
  changed.consumers[0].filter_subject = "work.a";
  changed.consumers[0].ack_wait = absl::Seconds(7);
  changed.consumers[0].max_deliver = 4;
  changed.consumers[0].max_ack_pending = 11;
  changed.buckets[0].history = 3;
  Apply(changed);

  const auto stream = Stream("WORK");
  EXPECT_THAT(Subjects(stream), UnorderedElementsAre("work.>", "more.>"));
  EXPECT_EQ(stream->Config->MaxAge, absl::ToInt64Nanoseconds(absl::Hours(48)));
  EXPECT_EQ(stream->Config->MaxBytes, 1 << 20);
  EXPECT_EQ(stream->Config->MaxMsgSize, 5000);
  EXPECT_EQ(stream->Config->Duplicates, absl::ToInt64Nanoseconds(absl::Minutes(5)));
  const auto consumer = ConsumerOf("WORK", "worker");
  EXPECT_STREQ(consumer->Config->FilterSubject, "work.a");
  EXPECT_EQ(consumer->Config->AckWait, absl::ToInt64Nanoseconds(absl::Seconds(7)));
  EXPECT_EQ(consumer->Config->MaxDeliver, 4);
  EXPECT_EQ(consumer->Config->MaxAckPending, 11);
  EXPECT_EQ(Stream("KV_things")->Config->MaxMsgsPerSubject, 3);
  EXPECT_EQ(Count("WORK"), 1u);

  Apply(TestTopology());
  EXPECT_THAT(Subjects(Stream("WORK")), UnorderedElementsAre("work.>"));
  EXPECT_EQ(ConsumerOf("WORK", "worker")->Config->MaxDeliver, -1);
  EXPECT_EQ(Count("WORK"), 1u);
}

TEST_F(TopologyTest, WhatIsNotInTheFileStays) {
  Topology more = TestTopology();
  more.streams.push_back({.name = "OTHER", .subjects = {"other.>"}});
  Apply(more);
  Apply(TestTopology());
  EXPECT_THAT(Subjects(Stream("OTHER")), UnorderedElementsAre("other.>"));
}

TEST_F(TopologyTest, ManyProcessesAtOnce) {
  std::vector<std::thread> processes;
  std::atomic<int> applied = 0;
  for (int p = 0; p < 6; ++p) {
    processes.emplace_back([&] {
      const auto connection = Connect();
      const absl::Status status = ApplyTopology(*connection, TestTopology());
      EXPECT_TRUE(status.ok()) << status;
      if (status.ok()) ++applied;
    });
  }
  for (std::thread& process : processes) process.join();
  EXPECT_EQ(applied, 6);
  EXPECT_THAT(Subjects(Stream("WORK")), UnorderedElementsAre("work.>"));
  ConsumerOf("WORK", "worker");
  Stream("KV_things");
}

TEST_F(TopologyTest, WithoutAServerItIsUnavailable) {
  nats_.Kill();
  ASSERT_TRUE(Await([&] { return !connection_->Probe().ok(); }));
  EXPECT_EQ(ApplyTopology(*connection_, TestTopology()).code(), absl::StatusCode::kUnavailable);
}

TEST_F(TopologyTest, WhatTheServerRefusesIsSaid) {
  Topology wrong = TestTopology();
  wrong.streams.push_back({.name = "CLASH", .subjects = {"work.>"}});
  const absl::Status refused = ApplyTopology(*connection_, wrong);
  EXPECT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("CLASH"));
}

TEST_F(TopologyTest, TheKeeperAppliesAsSoonAsThereIsAServer) {
  nats_.Kill();
  ASSERT_TRUE(Await([&] { return !connection_->Probe().ok(); }));
  TopologyKeeper keeper(*connection_, TestTopology());
  EXPECT_EQ(keeper.Probe().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(keeper.AwaitApplied(absl::Now() + absl::Milliseconds(100)).code(),
            absl::StatusCode::kUnavailable);
  nats_.Start();
  EXPECT_TRUE(keeper.AwaitApplied(absl::Now() + absl::Seconds(30)).ok());
  EXPECT_TRUE(Await([&] { return keeper.Probe().ok(); }));
  Stream("WORK");
  keeper.Stop();
  keeper.Stop();
}

TEST_F(TopologyTest, TheKeeperFillsAServerThatCameBackEmpty) {
  TopologyKeeper keeper(*connection_, TestTopology());
  ASSERT_TRUE(keeper.AwaitApplied(absl::Now() + absl::Seconds(30)).ok());
  nats_.Kill();
  nats_.EraseStore();
  nats_.Start();
  EXPECT_TRUE(Await([&] { return StreamReader::Bounds(*connection_, "WORK").ok(); }));
  EXPECT_TRUE(Await([&] { return keeper.Probe().ok(); }));
  ConsumerOf("WORK", "worker");
  Stream("KV_things");
}

TEST_F(TopologyTest, StoppingTheKeeperEndsTheWaiting) {
  nats_.Kill();
  ASSERT_TRUE(Await([&] { return !connection_->Probe().ok(); }));
  TopologyKeeper keeper(*connection_, TestTopology());
  std::thread stopper([&] { keeper.Stop(); });
  EXPECT_EQ(keeper.AwaitApplied(absl::InfiniteFuture()).code(), absl::StatusCode::kCancelled);
  stopper.join();
}

}  // namespace
}  // namespace fails::bus
