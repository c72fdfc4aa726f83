// SPDX-License-Identifier: Apache-2.0
#include "common/bus/key_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nats/nats.h>

#include <atomic>
#include <map>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "common/bus/session.h"
#include "common/bus/tests/bus_fixture.h"
#include "common/testing/await.h"

namespace fails::bus {
namespace {

using fails::testing::Await;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class KeyValueTest : public BusTest {
 protected:
  KeyValueTest() { Apply(TestTopology()); }

  // As an administrator would do it: the product itself deletes no keys.
  void Delete(const std::string& key) {
    const auto session = connection_->Acquire();
    kvStore* raw = nullptr;
    ASSERT_EQ(js_KeyValue(&raw, (*session)->jetstream, "things"), NATS_OK);
    EXPECT_EQ(kvStore_Delete(raw, key.c_str()), NATS_OK);
    kvStore_Destroy(raw);
  }
};

TEST_F(KeyValueTest, ReadsWhatWasWritten) {
  KeyValue things(*connection_, "things");
  EXPECT_FALSE(things.Get("a").value().has_value());
  EXPECT_THAT(things.Keys().value(), IsEmpty());
  const std::string bytes("a\0b", 3);
  const auto revision = things.Put("a", bytes);
  ASSERT_TRUE(revision.ok()) << revision.status();
  const auto entry = things.Get("a");
  ASSERT_TRUE(entry.ok() && entry->has_value()) << entry.status();
  EXPECT_EQ((*entry)->value, bytes);
  EXPECT_EQ((*entry)->revision, *revision);
  ASSERT_TRUE(things.Put("b.c/d", "").ok());
  EXPECT_EQ(things.Get("b.c/d").value()->value, "");
  EXPECT_THAT(things.Keys().value(), UnorderedElementsAre("a", "b.c/d"));
}

TEST_F(KeyValueTest, CreateTakesAKeyOnlyOnce) {
  KeyValue things(*connection_, "things");
  const auto created = things.Create("a", "1");
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(things.Create("a", "2").status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(things.Get("a").value()->value, "1");
  Delete("a");
  EXPECT_FALSE(things.Get("a").value().has_value());
  EXPECT_TRUE(things.Create("a", "3").ok()) << "a deleted key is free again";
  EXPECT_EQ(things.Get("a").value()->value, "3");
}

TEST_F(KeyValueTest, UpdateWinsOnlyAgainstTheRevisionItKnows) {
  KeyValue things(*connection_, "things");
  const std::uint64_t first = things.Create("a", "1").value();
  const std::uint64_t second = things.Update("a", "2", first).value();
  EXPECT_GT(second, first);
  EXPECT_EQ(things.Update("a", "late", first).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(things.Update("other", "x", 77).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(things.Update("a", "x", 0).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(things.Get("a").value()->value, "2");
}

TEST_F(KeyValueTest, OfManyWhoClaimAKeyOneWins) {
  std::vector<std::thread> replicas;
  std::atomic<int> created = 0, updated = 0;
  KeyValue things(*connection_, "things");
  const std::uint64_t revision = things.Create("shared", "free").value();
  for (int r = 0; r < 8; ++r) {
    replicas.emplace_back([&] {
      if (things.Create("claim", "mine").ok()) ++created;
      if (things.Update("shared", "mine", revision).ok()) ++updated;
    });
  }
  for (std::thread& replica : replicas) replica.join();
  EXPECT_EQ(created, 1);
  EXPECT_EQ(updated, 1);
}

TEST_F(KeyValueTest, RefusesKeysThatABucketDoesNotTake) {
  KeyValue things(*connection_, "things");
  for (const char* key : {"", "a b", "*", "a.>", ".a"}) {
    EXPECT_EQ(things.Put(key, "x").status().code(), absl::StatusCode::kInvalidArgument) << key;
    EXPECT_EQ(things.Get(key).status().code(), absl::StatusCode::kInvalidArgument) << key;
  }
}

TEST_F(KeyValueTest, WithoutBucketOrServerItIsUnavailable) {
  KeyValue later(*connection_, "later");
  EXPECT_EQ(later.Get("a").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(later.Create("a", "x").status().code(), absl::StatusCode::kUnavailable);
  Topology topology = TestTopology();
  topology.buckets.push_back({.name = "later"});
  Apply(topology);
  EXPECT_TRUE(later.Create("a", "x").ok()) << "and then it is there";

  nats_.Kill();
  ASSERT_TRUE(Await([&] { return !connection_->Probe().ok(); }));
  EXPECT_EQ(later.Get("a").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(later.Put("a", "x").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(later.Keys().status().code(), absl::StatusCode::kUnavailable);
  nats_.Start();
  ASSERT_TRUE(Await([&] { return later.Get("a").ok(); }));
  EXPECT_EQ(later.Get("a").value()->value, "x");
}

// Keys and values as a watcher tells them.
class Mirror {
 public:
  KeyValueWatcher::Changed Follow() {
    return [this](const std::string& key, std::optional<std::string> value) {
      absl::MutexLock lock(&mutex_);
      ++calls_;
      if (value) {
        values_[key] = *value;
      } else {
        EXPECT_EQ(values_.erase(key), 1u) << key << " was not there";
      }
    };
  }
  std::map<std::string, std::string> values() const {
    absl::MutexLock lock(&mutex_);
    return values_;
  }
  int calls() const {
    absl::MutexLock lock(&mutex_);
    return calls_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, std::string> values_ ABSL_GUARDED_BY(mutex_);
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
};

using Values = std::map<std::string, std::string>;

TEST_F(KeyValueTest, AWatcherTellsWhatIsThereAndWhatChanges) {
  KeyValue things(*connection_, "things");
  ASSERT_TRUE(things.Put("a", "1").ok());
  ASSERT_TRUE(things.Put("gone", "x").ok());
  Delete("gone");
  Mirror mirror;
  KeyValueWatcher watcher(*connection_, "things", mirror.Follow());
  EXPECT_TRUE(Await([&] { return mirror.values() == Values{{"a", "1"}}; }));
  ASSERT_TRUE(things.Put("b", "2").ok());
  ASSERT_TRUE(things.Put("a", "3").ok());
  EXPECT_TRUE(Await([&] { return mirror.values() == Values{{"a", "3"}, {"b", "2"}}; }));
  Delete("a");
  EXPECT_TRUE(Await([&] { return mirror.values() == Values{{"b", "2"}}; }));
  watcher.Stop();
  watcher.Stop();
  const int calls = mirror.calls();
  ASSERT_TRUE(things.Put("b", "after").ok());
  EXPECT_EQ(mirror.calls(), calls);
}

TEST_F(KeyValueTest, AWatcherSurvivesARestartOfTheServer) {
  KeyValue things(*connection_, "things");
  ASSERT_TRUE(things.Put("a", "1").ok());
  Mirror mirror;
  KeyValueWatcher watcher(*connection_, "things", mirror.Follow());
  EXPECT_TRUE(Await([&] { return mirror.values().size() == 1; }));
  for (int round = 0; round < 2; ++round) {
    nats_.Kill();
    nats_.Start();
    const std::string value = std::to_string(round);
    EXPECT_TRUE(Await([&] { return things.Put("a", value).ok(); }));
    EXPECT_TRUE(Await([&] { return mirror.values() == Values{{"a", value}}; }));
  }
}

TEST_F(KeyValueTest, AWatcherNoticesThatTheServerCameBackEmpty) {
  KeyValue things(*connection_, "things");
  ASSERT_TRUE(things.Put("a", "1").ok());
  ASSERT_TRUE(things.Put("b", "1").ok());
  Mirror mirror;
  KeyValueWatcher watcher(*connection_, "things", mirror.Follow());
  EXPECT_TRUE(Await([&] { return mirror.values().size() == 2; }));
  nats_.Kill();
  nats_.EraseStore();
  nats_.Start();
  ASSERT_TRUE(Await([&] { return ApplyTopology(*connection_, TestTopology()).ok(); }));
  EXPECT_TRUE(Await([&] { return mirror.values().empty(); }));
  EXPECT_TRUE(Await([&] { return things.Put("b", "2").ok(); }));
  EXPECT_TRUE(Await([&] { return mirror.values() == Values{{"b", "2"}}; }));
}

TEST_F(KeyValueTest, AWatcherWaitsForItsBucket) {
  Mirror mirror;
  KeyValueWatcher watcher(*connection_, "later", mirror.Follow());
  Topology topology = TestTopology();
  topology.buckets.push_back({.name = "later"});
  Apply(topology);
  ASSERT_TRUE(KeyValue(*connection_, "later").Put("a", "1").ok());
  EXPECT_TRUE(Await([&] { return mirror.values() == Values{{"a", "1"}}; }));
}

}  // namespace
}  // namespace fails::bus
