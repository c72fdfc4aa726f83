// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/snapshot_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "common/testing/await.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using fails::testing::Await;
using ::testing::HasSubstr;
using testing::Resolved;
using testing::StudyNames;

constexpr char kStart[] = "2024-03-01T12:00:00Z";

// A database in memory that can fail and lie.
class FakeSource final : public RowSource {
 public:
  absl::StatusOr<std::int64_t> ReadSince(
      std::int64_t version, const std::function<void()>& restart,
      const std::function<void(const IncidentRow&)>& take) override {
    absl::MutexLock lock(&mutex_);
    ++reads_;
    if (!status_.ok()) return status_;
    // As after a connection lost half-way: begun, broken off, begun again.
    restart();
    for (const auto& [id, row] : rows_) {
      if (row.version > version) take(row);
    }
    restart();
    for (const auto& [id, row] : rows_) {
      if (row.version > version) take(row);
    }
    return version_;
  }
  absl::StatusOr<DataFingerprint> Fingerprint() override {
    absl::MutexLock lock(&mutex_);
    if (!status_.ok()) return status_;
    DataFingerprint fingerprint{version_, 0, 0};
    for (const auto& [id, row] : rows_) {
      if (row.withdrawn) continue;
      ++fingerprint.count;
      fingerprint.version_sum += row.version;
    }
    return fingerprint;
  }

  void Write(IncidentRow row) {
    absl::MutexLock lock(&mutex_);
    row.version = ++version_;
    rows_[row.id.str()] = row;
  }
  // Behind everybody's back: no new version.
  void Slip(const std::string& id) {
    absl::MutexLock lock(&mutex_);
    rows_.erase(id);
  }
  void Restore(std::int64_t version) {
    absl::MutexLock lock(&mutex_);
    version_ = version;
    rows_.clear();
  }
  void Fail(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    status_ = std::move(status);
  }
  int reads() const {
    absl::MutexLock lock(&mutex_);
    return reads_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, IncidentRow> rows_;
  std::int64_t version_ = 0;
  int reads_ = 0;
  absl::Status status_;
};

class SnapshotKeeperTest : public ::testing::Test {
 protected:
  SnapshotKeeper& Start(absl::Duration idle, absl::Duration verify_every = absl::Hours(1)) {
    keeper_ = std::make_unique<SnapshotKeeper>(
        source_, StudyNames(), SnapshotKeeper::Options{.idle = idle, .verify_every = verify_every});
    keeper_->Start();
    return *keeper_;
  }
  bool AwaitVersion(std::int64_t version) {
    return Await([&] {
      const auto snapshot = keeper_->Current();
      return snapshot && snapshot->data_version() == version;
    });
  }

  FakeSource source_;
  std::unique_ptr<SnapshotKeeper> keeper_;
};

TEST_F(SnapshotKeeperTest, LoadsAndFollowsWhenWoken) {
  source_.Write(Resolved("openai/a", {"openai/api"}, kStart, 30));
  SnapshotKeeper& keeper = Start(absl::Hours(1));
  ASSERT_TRUE(AwaitVersion(1));
  EXPECT_EQ(keeper.Current()->rows(), 1u);
  const auto before = keeper.Current();
  source_.Write(Resolved("openai/b", {"openai/api"}, kStart, 30));
  source_.Write(
      testing::With(Resolved("openai/a", {}, kStart, 30), [](auto& r) { r.withdrawn = true; }));
  keeper.Wake();
  ASSERT_TRUE(AwaitVersion(3));
  EXPECT_EQ(keeper.Current()->rows(), 1u);
  EXPECT_EQ(keeper.Current()->at(0).id(), "openai/b");
  EXPECT_EQ(before->at(0).id(), "openai/a");
}

TEST_F(SnapshotKeeperTest, FollowsTheTimerWithoutBeingWoken) {
  Start(absl::Milliseconds(5));
  ASSERT_TRUE(AwaitVersion(0));
  source_.Write(Resolved("openai/a", {}, kStart, 30));
  EXPECT_TRUE(AwaitVersion(1));
}

TEST_F(SnapshotKeeperTest, AWakeDuringARefreshIsNotLost) {
  SnapshotKeeper& keeper = Start(absl::Hours(1));
  for (int i = 1; i <= 200; ++i) {
    source_.Write(Resolved("openai/" + std::to_string(i), {}, kStart, 30));
    keeper.Wake();
  }
  EXPECT_TRUE(AwaitVersion(200));
}

TEST_F(SnapshotKeeperTest, SaysWhatItWaitsForAndKeepsTheOldOneMeanwhile) {
  source_.Fail(absl::FailedPreconditionError("no schema"));
  SnapshotKeeper& keeper = Start(absl::Milliseconds(5));
  ASSERT_TRUE(Await([&] { return source_.reads() >= 2; }));
  EXPECT_EQ(keeper.Current(), nullptr);
  EXPECT_THAT(keeper.Probe().ToString(), HasSubstr("no schema"));
  source_.Fail(absl::OkStatus());
  source_.Write(Resolved("openai/a", {}, kStart, 30));
  ASSERT_TRUE(AwaitVersion(1));
  EXPECT_TRUE(keeper.Probe().ok());
  source_.Fail(absl::UnavailableError("gone"));
  source_.Write(Resolved("openai/b", {}, kStart, 30));
  const int reads = source_.reads();
  ASSERT_TRUE(Await([&] { return source_.reads() >= reads + 2; }));
  EXPECT_EQ(keeper.Current()->data_version(), 1);
  EXPECT_TRUE(keeper.Probe().ok());
  source_.Fail(absl::OkStatus());
  EXPECT_TRUE(AwaitVersion(2));
}

TEST_F(SnapshotKeeperTest, ADisagreementIsFoundAndHealed) {
  source_.Write(Resolved("openai/a", {}, kStart, 30));
  source_.Write(Resolved("openai/b", {}, kStart, 30));
  SnapshotKeeper& keeper = Start(absl::Milliseconds(5), absl::ZeroDuration());
  ASSERT_TRUE(AwaitVersion(2));
  source_.Slip("openai/a");
  EXPECT_TRUE(Await([&] { return keeper.Current()->rows() == 1; }));
  EXPECT_EQ(keeper.Current()->at(0).id(), "openai/b");
}

TEST_F(SnapshotKeeperTest, DataThatWentBackIsLoadedAnew) {
  for (const char* id : {"openai/a", "openai/b", "openai/c"}) {
    source_.Write(Resolved(id, {}, kStart, 30));
  }
  SnapshotKeeper& keeper = Start(absl::Milliseconds(5));
  ASSERT_TRUE(AwaitVersion(3));
  source_.Restore(1);
  ASSERT_TRUE(AwaitVersion(1));
  EXPECT_EQ(keeper.Current()->rows(), 0u);
}

TEST_F(SnapshotKeeperTest, StopsTwiceAndWithoutAStart) {
  SnapshotKeeper idle(source_, StudyNames(), {});
  idle.Stop();
  SnapshotKeeper& keeper = Start(absl::Hours(1));
  keeper.Stop();
  keeper.Stop();
  EXPECT_FALSE(absl::IsInternal(keeper.Probe()));
}

}  // namespace
}  // namespace fails::analytics
