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
    return PageDesk(pages_, polling, clock_, store_, poll_,
                    [this](const std::string& page, const PageState&) { told_.push_back(page); });
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  MemoryStateStore store_;
  FakeSite site_;
  RecordingSink sink_;
  Fetch fetch_ = site_.AsFetch();
  PagePoll poll_{clock_, fetch_, sink_};
  FakePlatform young_{{"/list"}, {}};
  FakePlatform old_{{"/list"}, {"/history"}};
  std::vector<WatchedPage> pages_ = {
      {"young", "acme", "https://young", &young_, absl::Seconds(60), false},
      {"old", "acme", "https://old", &old_, absl::Seconds(60), false},
      {"dead", "acme", "https://dead", &old_, absl::Seconds(60), true}};
  std::vector<std::string> told_;
  const std::function<absl::Status()> go_on_ = [] { return absl::OkStatus(); };
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
  EXPECT_EQ(offline.Backfill("old", go_on_).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(PageDeskTest, ABackfillPublishesTheHistoryAndTouchesNoState) {
  site_.Set("https://old/history", {.body = "-> /older"});
  site_.Set("https://old/older", {.body = "x"});
  PageDesk desk = MakeDesk();
  const auto published = desk.Backfill("old", go_on_);
  ASSERT_TRUE(published.ok()) << published.status();
  EXPECT_EQ(*published, 2);
  EXPECT_EQ(sink_.published()[1].purpose, platforms::Purpose::kBackfill);
  EXPECT_EQ(store_.State("old"), PageState{});
  EXPECT_TRUE(desk.Backfill("old", go_on_).ok()) << "it may be repeated";
}

TEST_F(PageDeskTest, ABackfillSaysWhyNot) {
  PageDesk desk = MakeDesk();
  EXPECT_EQ(desk.Backfill("nobody", go_on_).status().code(), absl::StatusCode::kNotFound);
  const absl::Status none = desk.Backfill("young", go_on_).status();
  EXPECT_EQ(none.code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(none.ToString(), HasSubstr("platform fake offers no history"));
  site_.Set("https://old/history", {.status = 503});
  const absl::Status incomplete = desk.Backfill("old", go_on_).status();
  EXPECT_EQ(incomplete.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(incomplete.ToString(), HasSubstr("history: HTTP 503"));
  const auto cut = [] { return absl::CancelledError("the caller is gone"); };
  EXPECT_EQ(desk.Backfill("old", cut).status().code(), absl::StatusCode::kCancelled);
}

TEST_F(PageDeskTest, OneBackfillOfAPageAtATime) {
  site_.Set("https://old/history", {.body = "x"});
  PageDesk desk = MakeDesk();
  absl::Status second;
  const auto meanwhile = [&]() -> absl::Status {
    second = desk.Backfill("old", go_on_).status();
    return absl::OkStatus();
  };
  EXPECT_TRUE(desk.Backfill("old", meanwhile).ok());
  EXPECT_EQ(second.code(), absl::StatusCode::kAlreadyExists);
}

}  // namespace
}  // namespace fails::scraper
