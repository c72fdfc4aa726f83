// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/page_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PageDeskTest : public ::testing::Test {
 protected:
  PageDesk MakeDesk(bool polling = true) {
    return PageDesk(
        pages_, polling, clock_, store_, backfills_,
        [this](const std::string& page, const PageState&) { told_.push_back(page); },
        [this](const std::string& page, const BackfillState&) { walked_.push_back(page); });
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  MemoryStateStore store_;
  MemoryBackfillStore backfills_;
  FakePlatform young_{{"/list"}, {}};
  FakePlatform old_{{"/list"}, {"/history"}};
  std::vector<WatchedPage> pages_ = {
      {"young", "acme", "https://young", &young_, absl::Seconds(60), false},
      {"old", "acme", "https://old", &old_, absl::Seconds(60), false},
      {"dead", "acme", "https://dead", &old_, absl::Seconds(60), true}};
  std::vector<std::string> told_;
  std::vector<std::string> walked_;
};

TEST_F(PageDeskTest, ListsAllPagesWithTheirHealthAsOfNow) {
  PageState state;
  state.health.state = HealthState::kOk;
  state.health.last_success_at = clock_.Now();
  ASSERT_TRUE(store_.CompareAndSet("old", state, 0).ok());
  PageDesk desk = MakeDesk();
  auto listed = desk.List();
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 3u);
  EXPECT_EQ((*listed)[0].page.id, "young");
  EXPECT_EQ((*listed)[0].health.state, HealthState::kUnknown);
  EXPECT_EQ((*listed)[1].health.state, HealthState::kOk);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ((*desk.List())[1].health.state, HealthState::kStale);
  store_.SetAway(true);
  EXPECT_EQ(desk.List().status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(PageDeskTest, PollNowMakesThePageDueForEveryReplicaAndTellsOurs) {
  PageState later;
  later.next_poll_at = clock_.Now() + absl::Hours(1);
  later.owner = "another";
  ASSERT_TRUE(store_.CompareAndSet("old", later, 0).ok());
  PageDesk desk = MakeDesk();
  ASSERT_TRUE(desk.PollNow("old").ok());
  EXPECT_EQ(store_.State("old").next_poll_at, clock_.Now());
  EXPECT_EQ(store_.State("old").owner, "another") << "a poll under way goes on";
  ASSERT_TRUE(desk.PollNow("young").ok()) << "never polled before";
  EXPECT_EQ(store_.State("young").next_poll_at, clock_.Now());
  EXPECT_THAT(told_, ElementsAre("old", "young"));
}

TEST_F(PageDeskTest, PollNowSaysWhyNot) {
  PageDesk desk = MakeDesk();
  EXPECT_EQ(desk.PollNow("nobody").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(desk.PollNow("dead").code(), absl::StatusCode::kFailedPrecondition);
  store_.SetAway(true);
  EXPECT_EQ(desk.PollNow("old").code(), absl::StatusCode::kUnavailable);
  PageDesk offline = MakeDesk(false);
  EXPECT_EQ(offline.PollNow("old").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(offline.Backfill("old").code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(PageDeskTest, ABackfillBeginsAnewWhateverIsUnderWay) {
  PageDesk desk = MakeDesk();
  BackfillState walking = BeginBackfill("fake", "https://old", {}, clock_.Now());
  walking.owner = "another";
  walking.lease_until = clock_.Now() + absl::Seconds(45);
  walking.progress.documents = 7;
  ASSERT_TRUE(backfills_.CompareAndSet("old", walking, 0).ok());
  EXPECT_EQ((*desk.List())[1].backfill->documents, 7);
  EXPECT_FALSE((*desk.List())[0].backfill.has_value());

  clock_.Advance(absl::Minutes(1));
  ASSERT_TRUE(desk.Backfill("old").ok());
  const BackfillState begun = backfills_.State("old");
  EXPECT_EQ(begun.owner, "");
  EXPECT_EQ(begun.progress.documents, 0);
  EXPECT_EQ(begun.progress.started_at, clock_.Now());
  ASSERT_EQ(begun.pending.size(), 1u);
  EXPECT_EQ(begun.pending[0].url, "https://old/history");
  EXPECT_THAT(walked_, ElementsAre("old"));
}

TEST_F(PageDeskTest, ABackfillSaysWhyNot) {
  PageDesk desk = MakeDesk();
  EXPECT_EQ(desk.Backfill("nobody").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(desk.Backfill("dead").code(), absl::StatusCode::kFailedPrecondition);
  const absl::Status none = desk.Backfill("young");
  EXPECT_EQ(none.code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(none.ToString(), HasSubstr("platform fake offers no history"));
  backfills_.SetAway(true);
  EXPECT_EQ(desk.Backfill("old").code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace fails::scraper
