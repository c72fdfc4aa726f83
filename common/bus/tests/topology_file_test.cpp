// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "common/bus/topology.h"
#include "common/testing/temp_dir.h"

namespace fails::bus {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<Topology> LoadText(const std::string& text) {
  const fails::testing::TempDir folder("fails-topology-");
  const std::string path = (folder.path() / "topology.yaml").string();
  std::ofstream(path) << text;
  return Topology::Load(path);
}

TEST(TopologyFileTest, TheOneOfTheSuiteLoads) {
  const auto topology = Topology::Load(FAILS_SOURCE_DIR "/deploy/nats/topology.yaml");
  ASSERT_TRUE(topology.ok()) << topology.status();
  ASSERT_EQ(topology->streams.size(), 3u);
  EXPECT_EQ(topology->streams[0].name, "FAILS_RAW");
  EXPECT_THAT(topology->streams[0].subjects, ElementsAre("fails.raw.v1.>"));
  EXPECT_EQ(topology->streams[0].max_age, absl::Hours(17520));
  EXPECT_EQ(topology->streams[0].max_bytes, -1) << "a limit is reserved on the server";
  EXPECT_EQ(topology->streams[1].name, "FAILS_EVENTS");
  EXPECT_EQ(topology->streams[2].name, "FAILS_DEAD");
  ASSERT_EQ(topology->consumers.size(), 1u);
  EXPECT_EQ(topology->consumers[0].name, "normalizer");
  EXPECT_EQ(topology->consumers[0].ack_wait, absl::Seconds(15));
  EXPECT_EQ(topology->consumers[0].max_deliver, -1) << "the server would stop silently";
  ASSERT_EQ(topology->buckets.size(), 3u);
  EXPECT_EQ(topology->buckets[0].name, "page_state");
  EXPECT_EQ(topology->buckets[1].name, "page_backfill");
  EXPECT_EQ(topology->buckets[2].name, "page_health");
}

TEST(TopologyFileTest, NamesEveryMistakeWithItsLine) {
  const auto topology = LoadText(R"(streams:
  - name: A B
    subjects: []
  - name: OK
    subjects: [ok.>]
    max_age: soon
    max_byte: 3
  - name: OK
    subjects: [ok2.>]
consumers:
  - stream: ELSEWHERE
    name: c
    ack_wait: 0s
    max_ack_pending: many
buckets:
  - history: 65
surprise: 1
)");
  ASSERT_EQ(topology.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string text(topology.status().message());
  EXPECT_THAT(text, HasSubstr("line 2: 'A B' is no name"));
  EXPECT_THAT(text, HasSubstr("line 3: 'subjects' must be a list"));
  EXPECT_THAT(text, HasSubstr("line 6: 'soon' is no positive duration"));
  EXPECT_THAT(text, HasSubstr("line 7: 'max_byte' is unknown"));
  EXPECT_THAT(text, HasSubstr("line 8: 'OK' is there twice"));
  EXPECT_THAT(text, HasSubstr("line 11: there is no stream 'ELSEWHERE'"));
  EXPECT_THAT(text, HasSubstr("line 13: '0s' is no positive duration"));
  EXPECT_THAT(text, HasSubstr("line 14: 'max_ack_pending' must be a whole number"));
  EXPECT_THAT(text, HasSubstr("line 16: 'history' must be a whole number"));
  EXPECT_THAT(text, HasSubstr("line 16: 'name' is missing"));
  EXPECT_THAT(text, HasSubstr("line 17: 'surprise' is unknown"));
}

TEST(TopologyFileTest, RefusesWhatIsNoTopology) {
  for (const char* text :
       {"", "- a", "streams: 3", "streams: [3]", "a: [", "streams:\n  name: X"}) {
    const auto topology = LoadText(text);
    EXPECT_EQ(topology.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(topology.status().message()), HasSubstr("line ")) << text;
  }
  EXPECT_THAT(std::string(Topology::Load("/nowhere/topology.yaml").status().message()),
              HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace fails::bus
