// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/snapshot_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/testing/await.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using fails::testing::Await;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Resolved;
using testing::StudyNames;

constexpr char kStart[] = "2024-03-01T12:00:00Z";

// A database in memory that can fail and lie.
class FakeSource final : public RowSource {
 public:
  absl::StatusOr<std::int64_t> ReadSince(std::int64_t version, const RowSink& sink) override {
    absl::MutexLock lock(&mutex_);
    ++reads_;
    if (!status_.ok()) return status_;
    // As after a connection lost half-way: begun, broken off, begun again.
    for (int attempt = 0; attempt < 2; ++attempt) {
      sink.restart();
      for (const auto& [id, row] : rows_) {
        if (row.version > version) sink.incident(row);
      }
      for (const auto& [key, day] : days_) {
        if (day.version > version) sink.outage_day(day);
      }
    }
    return version_;
  }
  absl::StatusOr<DataFingerprint> Fingerprint() override {
    absl::MutexLock lock(&mutex_);
    if (!status_.ok()) return status_;
    DataFingerprint fingerprint{version_, 0, 0, 0, 0};
    for (const auto& [id, row] : rows_) {
      if (row.withdrawn) continue;
      ++fingerprint.count;
      fingerprint.version_sum += row.version;
    }
    for (const auto& [key, day] : days_) {
      ++fingerprint.day_count;
      fingerprint.day_version_sum += day.version;
    }
    return fingerprint;
  }
  // One row of each kind at a time.
  absl::StatusOr<DataSample> Sample(const SamplePosition& after) override {
    absl::MutexLock lock(&mutex_);
    if (!status_.ok()) return status_;
    DataSample sample{.version = version_};
    for (auto it = rows_.upper_bound(after.incident); it != rows_.end(); ++it) {
      if (it->second.withdrawn) continue;
      sample.incidents.push_back(it->second);
      sample.next.incident = it->first;
      break;
    }
    const auto day = days_.upper_bound({after.service, after.date});
    if (day != days_.end()) {
      sample.days.push_back(day->second);
      sample.next.service = day->first.first;
      sample.next.date = day->first.second;
    }
    return sample;
  }

  void Write(IncidentRow row) {
    absl::MutexLock lock(&mutex_);
    row.version = ++version_;
    rows_[row.id.str()] = row;
  }
  void Write(const std::string& service, const std::string& date, std::int32_t partial_seconds) {
    absl::MutexLock lock(&mutex_);
    OutageDayRow& day = days_[{service, date}];
    day.service = ServiceId(service);
    ASSERT_TRUE(absl::ParseCivilTime(date, &day.day.date));
    day.day.partial_seconds = partial_seconds;
    day.version = ++version_;
  }
  // What follows happens behind everybody's back: no new version.
  void Corrupt(const std::string& id) {
    absl::MutexLock lock(&mutex_);
    rows_.at(id).impact = Impact::kCritical;
  }
  void Corrupt(const std::string& service, const std::string& date) {
    absl::MutexLock lock(&mutex_);
    days_.at({service, date}).day.partial_seconds += 1;
  }
  void Slip(const std::string& service, const std::string& date) {
    absl::MutexLock lock(&mutex_);
    days_.erase({service, date});
  }
  void Slip(const std::string& id) {
    absl::MutexLock lock(&mutex_);
    rows_.erase(id);
  }
  void Restore(std::int64_t version) {
    absl::MutexLock lock(&mutex_);
    version_ = version;
    rows_.clear();
    days_.clear();
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
  std::map<std::pair<std::string, std::string>, OutageDayRow> days_;
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
  source_.Fail(absl::UnavailableError("no schema"));
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

TEST_F(SnapshotKeeperTest, FollowsTheCalendars) {
  source_.Write("openai/api", "2024-03-02", 60);
  source_.Write("openai/api", "2024-03-01", 0);
  SnapshotKeeper& keeper = Start(absl::Hours(1));
  ASSERT_TRUE(AwaitVersion(2));
  const auto days = [&] {
    const auto snapshot = keeper.Current();
    const auto api = *snapshot->names().Find(ServiceId("openai/api"));
    const auto all = snapshot->calendar().days(api);
    return std::vector<CalendarDay>(all.begin(), all.end());
  };
  const std::int32_t first = DayNumber(absl::CivilDay(2024, 3, 1));
  EXPECT_THAT(days(), ElementsAre(CalendarDay{first, 0, 0}, CalendarDay{first + 1, 60, 0}));
  const auto before = keeper.Current();
  source_.Write("openai/api", "2024-03-02", 90);
  source_.Write("openai/api", "2024-03-03", 10);
  keeper.Wake();
  ASSERT_TRUE(AwaitVersion(4));
  EXPECT_THAT(days(), ElementsAre(CalendarDay{first, 0, 0}, CalendarDay{first + 1, 90, 0},
                                  CalendarDay{first + 2, 10, 0}));
  EXPECT_EQ(before->calendar().days(*before->names().Find(ServiceId("openai/api"))).size(), 2u);
}

TEST_F(SnapshotKeeperTest, AWrongColumnIsFoundAndHealed) {
  for (const char* id : {"openai/a", "openai/b", "openai/c"}) {
    source_.Write(Resolved(id, {}, kStart, 30));
  }
  source_.Write("openai/api", "2024-03-01", 60);
  source_.Write("openai/api", "2024-03-02", 60);
  SnapshotKeeper& keeper = Start(absl::Milliseconds(5), absl::ZeroDuration());
  ASSERT_TRUE(AwaitVersion(5));
  source_.Corrupt("openai/c");
  EXPECT_TRUE(Await([&] { return keeper.Current()->at(2).impact() == Impact::kCritical; }));
  source_.Corrupt("openai/api", "2024-03-02");
  const auto api = *keeper.Current()->names().Find(ServiceId("openai/api"));
  EXPECT_TRUE(
      Await([&] { return keeper.Current()->calendar().days(api)[1].partial_seconds == 61; }));
  source_.Slip("openai/api", "2024-03-01");
  EXPECT_TRUE(Await([&] { return keeper.Current()->calendar().days(api).size() == 1; }));
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
