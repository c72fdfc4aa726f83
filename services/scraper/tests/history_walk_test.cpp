// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/history_walk.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBase[] = "https://old";

class HistoryWalkTest : public ::testing::Test {
 protected:
  BackfillState Begin() {
    return BeginBackfill(
        "fake", kBase, platform_.FirstRequests(kBase, platforms::Purpose::kBackfill, clock_.Now()),
        clock_.Now());
  }
  HistoryWalk::Slice Slice(BackfillState state) {
    return walk_.Run({"old", kBase, platform_}, std::move(state), options_,
                     [this](absl::Time time) {
                       if (stop_) return false;
                       if (time > clock_.Now()) clock_.Advance(time - clock_.Now());
                       return true;
                     });
  }
  // Slices until the walk is done or `most` were walked, waiting for each.
  BackfillState WalkAll(BackfillState state, int most = 200) {
    for (int i = 0; i < most && state.progress.phase != BackfillPhase::kDone; ++i) {
      if (state.next_at > clock_.Now()) clock_.Advance(state.next_at - clock_.Now());
      state = Slice(std::move(state)).state;
    }
    return state;
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  FakeSite site_;
  RecordingSink sink_;
  Fetch fetch_ = site_.AsFetch();
  HostPace pace_{5};
  HistoryWalk walk_{clock_, fetch_, sink_, pace_, [] { return 0.5; }};
  FakePlatform platform_{{"/list"}, {"/history"}};
  SliceOptions options_;
  bool stop_ = false;
};

TEST_F(HistoryWalkTest, FollowsAllThatIsFoundOnceAndPassesTheStateOn) {
  site_.Set("https://old/history", {.body = "-> /a\n-> /b"});
  site_.Set("https://old/a", {.body = "-> /b\n-> /history"});
  site_.Set("https://old/b", {.body = "b"});
  const BackfillState state = WalkAll(Begin());
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_EQ(state.progress.documents, 3);
  EXPECT_EQ(state.progress.pending, 0);
  EXPECT_EQ(state.progress.finished_at, clock_.Now());
  EXPECT_EQ(state.progress.last_error, "");
  EXPECT_THAT(sink_.Bodies(), ElementsAre("-> /a\n-> /b", "-> /b\n-> /history", "b"));
  EXPECT_EQ(sink_.published()[2].purpose, DocumentPurpose::kBackfill);
  EXPECT_EQ(sink_.published()[2].kind, "b");
}

TEST_F(HistoryWalkTest, ASliceEndsAfterSoManyDocumentsAndTheNextGoesOn) {
  options_.documents = 2;
  site_.Set("https://old/history", {.body = "-> /a\n-> /b\n-> /c"});
  for (const char* path : {"a", "b", "c"}) site_.Set(fmt::format("https://old/{}", path), {});
  const BackfillState first = Slice(Begin()).state;
  EXPECT_EQ(first.progress.phase, BackfillPhase::kRunning);
  EXPECT_EQ(first.progress.documents, 2);
  ASSERT_THAT(first.pending, SizeIs(2));
  EXPECT_EQ(first.pending[0].url, "https://old/b");
  EXPECT_EQ(first.pending[0].state, "+") << "what the platform wants to know again";
  EXPECT_LE(first.next_at, clock_.Now());
  EXPECT_EQ(Slice(first).state.progress.phase, BackfillPhase::kDone);
}

TEST_F(HistoryWalkTest, AHostIsAskedNoMoreOftenThanItsPace) {
  std::string list;
  for (int i = 0; i < 40; ++i) {
    list += fmt::format("-> /{}\n", i);
    site_.Set(fmt::format("https://old/{}", i), {});
  }
  site_.Set("https://old/history", {.body = list});
  const absl::Time begin = clock_.Now();
  EXPECT_EQ(WalkAll(Begin()).progress.documents, 41);
  EXPECT_EQ(clock_.Now() - begin, absl::Seconds(40) / 5);
}

TEST_F(HistoryWalkTest, WhatIsGoneIsSkippedAndSaidSo) {
  site_.Set("https://old/history", {.body = "-> /gone\n-> /there"});
  site_.Set("https://old/there", {.body = "x"});
  const BackfillState state = WalkAll(Begin());
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_EQ(state.progress.documents, 2);
  EXPECT_THAT(state.progress.last_error, HasSubstr("1 document skipped"));
  EXPECT_THAT(state.progress.last_error, HasSubstr("https://old/gone"));
}

TEST_F(HistoryWalkTest, WrongContentIsTriedFiveTimesAndThenSkipped) {
  site_.Set("https://old/history", {.body = "-> /bad\n-> /there"});
  site_.Set("https://old/bad", {.body = "<html>", .content_type = "text/html"});
  site_.Set("https://old/there", {.body = "x"});
  const BackfillState state = WalkAll(Begin());
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_EQ(state.progress.documents, 2);
  EXPECT_EQ(std::ranges::count(site_.Urls(), "https://old/bad"), 5);
  EXPECT_THAT(state.progress.last_error, HasSubstr("instead of text/fake"));
}

TEST_F(HistoryWalkTest, AStandInIsAskedForOnlyWhenTheOtherCannotBeHad) {
  site_.Set("https://old/history",
            {.body = "-> /a\n-> /a.html?instead=/a\n-> /b\n-> /b.html?instead=/b"});
  site_.Set("https://old/a", {.body = "a"});
  site_.Set("https://old/b.html?instead=/b", {.body = "less of b\n-> /c"});
  site_.Set("https://old/c", {.body = "c"});
  options_.documents = 1;  // so that the walk is stored and read between any two
  const BackfillState first = Slice(Begin()).state;
  EXPECT_EQ(first.progress.pending, 2) << "what may never be asked for does not count";
  const BackfillState state = WalkAll(first);
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_EQ(state.progress.pending, 0);
  EXPECT_EQ(state.progress.last_error, "") << "what was replaced is not missing";
  EXPECT_THAT(sink_.Bodies(), ElementsAre(HasSubstr("-> /a"), "a", "less of b\n-> /c", "c"));
  EXPECT_EQ(sink_.published()[2].purpose, DocumentPurpose::kBackfill);
}

TEST_F(HistoryWalkTest, AStandInIsAskedForAtTheFirstWrongAnswer) {
  site_.Set("https://old/history", {.body = "-> /a\n-> /a.html?instead=/a"});
  site_.Set("https://old/a", {.body = "<html>", .content_type = "text/html"});
  site_.Set("https://old/a.html?instead=/a", {.body = "less"});
  EXPECT_EQ(WalkAll(Begin()).progress.last_error, "");
  EXPECT_THAT(site_.Urls(),
              ElementsAre("https://old/history", "https://old/a", "https://old/a.html?instead=/a"));
}

TEST_F(HistoryWalkTest, AStandInIsAskedForWhenTheOtherNeverAnswers) {
  site_.Set("https://old/history", {.body = "-> /a\n-> /a.html?instead=/a"});
  site_.Set("https://old/a", {.status = 500});
  site_.Set("https://old/a.html?instead=/a", {.body = "less"});
  const BackfillState state = WalkAll(Begin());
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_EQ(std::ranges::count(site_.Urls(), "https://old/a"), options_.policy.attempts);
  EXPECT_THAT(sink_.Bodies(), ElementsAre(HasSubstr("-> /a"), "less"));
}

TEST_F(HistoryWalkTest, TheLastResortLeavesItSaidWhatIsMissing) {
  site_.Set("https://old/history", {.body = "-> /a\n-> /a.html?instead=/a\n"
                                            "-> /feed?instead=/a.html?instead=/a\n"
                                            "-> /b\n-> /b.html?instead=/b\n"
                                            "-> /feed?instead=/b.html?instead=/b\n"
                                            "-> /c\n-> /c.html?instead=/c\n"
                                            "-> /feed?instead=/c.html?instead=/c"});
  site_.Set("https://old/c", {.body = "c"});
  for (const char* of : {"a", "b", "c"}) {
    site_.Set(fmt::format("https://old/feed?instead=/{0}.html?instead=/{0}", of), {.body = "feed"});
  }
  const BackfillState state = WalkAll(Begin());
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_THAT(state.pending, IsEmpty());
  EXPECT_THAT(sink_.Bodies(), ElementsAre(HasSubstr("-> /a"), "feed", "feed", "c"));
  EXPECT_THAT(state.progress.last_error, HasSubstr("2 documents skipped"));
  EXPECT_THAT(state.progress.last_error, HasSubstr("https://old/b.html"));
}

TEST_F(HistoryWalkTest, APageThatAnswersWronglyEverywhereMakesTheWalkPause) {
  std::string list;
  for (int i = 0; i < 20; ++i) {
    list += fmt::format("-> /{}\n", i);
    site_.Set(fmt::format("https://old/{}", i), {.body = "challenge", .content_type = "text/html"});
  }
  site_.Set("https://old/history", {.body = list});
  const BackfillState state = Slice(Begin()).state;
  EXPECT_EQ(state.progress.phase, BackfillPhase::kFailed);
  EXPECT_THAT(site_.Requests(), SizeIs(6)) << "the list and five documents";
  EXPECT_GT(state.next_at, clock_.Now());
  EXPECT_THAT(state.pending, SizeIs(20)) << "nothing is given up";
}

TEST_F(HistoryWalkTest, AnUnreachablePageMakesTheWalkPauseAndNothingIsLost) {
  site_.Set("https://old/history", {.status = 503});
  BackfillState state = Slice(Begin()).state;
  EXPECT_EQ(state.progress.phase, BackfillPhase::kFailed);
  EXPECT_THAT(state.progress.last_error, HasSubstr("history (https://old/history): HTTP 503"));
  const absl::Duration first = state.next_at - clock_.Now();
  EXPECT_GT(first, absl::ZeroDuration());
  state = WalkAll(std::move(state), 3);
  EXPECT_GT(state.next_at - clock_.Now(), 3 * first) << "further and further apart";
  site_.Set("https://old/history", {.body = "x"});
  state = WalkAll(std::move(state));
  EXPECT_EQ(state.progress.phase, BackfillPhase::kDone);
  EXPECT_EQ(state.progress.last_error, "");
}

TEST_F(HistoryWalkTest, RetryAfterIsHonouredForTheWholeHost) {
  site_.Set("https://old/history", {.status = 429, .retry_after = "600"});
  const absl::Time now = clock_.Now();
  const BackfillState state = Slice(Begin()).state;
  EXPECT_GE(state.next_at, now + absl::Seconds(600));
  EXPECT_EQ(pace_.Reserve("old", now, now + absl::Seconds(599)), std::nullopt);
  EXPECT_EQ(pace_.Reserve("old", now, now + absl::Seconds(600)), now + absl::Seconds(600));
}

TEST_F(HistoryWalkTest, WhatTheBusDoesNotTakeNowIsAskedForAgain) {
  site_.Set("https://old/history", {.body = "x"});
  sink_.answer = [](const Document&) { return absl::UnavailableError("no bus"); };
  const HistoryWalk::Slice slice = Slice(Begin());
  EXPECT_EQ(slice.interruption.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(slice.state.progress.documents, 0);
  sink_.answer = nullptr;
  EXPECT_EQ(WalkAll(slice.state).progress.documents, 1);
}

TEST_F(HistoryWalkTest, AStopPutsTheNextDocumentBack) {
  site_.Set("https://old/history", {.body = "x"});
  stop_ = true;
  const BackfillState state = Slice(Begin()).state;
  EXPECT_THAT(site_.Requests(), IsEmpty());
  ASSERT_THAT(state.pending, SizeIs(1));
  EXPECT_EQ(state.progress.phase, BackfillPhase::kRunning);
}

TEST_F(HistoryWalkTest, AWalkThatFindsNothingAtAllBeginsAnewTheNextDay) {
  const BackfillState state = Slice(Begin()).state;
  EXPECT_EQ(state.progress.phase, BackfillPhase::kFailed);
  EXPECT_EQ(state.next_at, clock_.Now() + absl::Hours(24));
  EXPECT_TRUE(MustBegin(state, "fake", kBase));
}

TEST(BackfillStateTest, AStandInMayHaveOneOfItsOwn) {
  const absl::Time now = absl::FromUnixSeconds(1'000'000);
  const std::vector<platforms::DocumentRequest> chain = {
      {.kind = "h", .url = "best"},
      {.kind = "h", .url = "second", .instead_of = "best"},
      {.kind = "feed", .url = "last", .instead_of = "second"}};
  BackfillState state = BeginBackfill("fake", "https://a", chain, now);
  for (const char* url : {"best", "second", "last"}) {
    const auto next = TakeDue(state, now);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->url, url);
    Skip(state, *next, "gone");
  }
  EXPECT_THAT(state.pending, IsEmpty());

  state = BeginBackfill("fake", "https://a", chain, now);
  Skip(state, *TakeDue(state, now), "gone");
  Fetched(state, *TakeDue(state, now), {});
  EXPECT_THAT(state.pending, IsEmpty()) << "the second was had, the last is of no use";
}

TEST(BackfillStateTest, AStandInOfManyIsAskedForOnce) {
  const absl::Time now = absl::FromUnixSeconds(1'000'000);
  const auto instead = [](const char* of) {
    return platforms::DocumentRequest{.kind = "feed", .url = "feed", .instead_of = of};
  };
  BackfillState state = BeginBackfill(
      "fake", "https://a", {{"h", "a", ""}, instead("a"), {"h", "b", ""}, instead("b")}, now);
  Skip(state, *TakeDue(state, now), "gone");
  EXPECT_EQ(state.skipped, 0);
  const auto feed = TakeDue(state, now);
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->url, "feed");
  Fetched(state, *feed, {instead("a"), {"h", "c", ""}, instead("c")});
  EXPECT_THAT(state.pending, SizeIs(4)) << "none stands in for what is done";
  for (const char* url : {"b", "c"}) {
    const auto next = TakeDue(state, now);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->url, url);
    Skip(state, *next, "gone");
  }
  EXPECT_THAT(state.pending, IsEmpty());
  EXPECT_EQ(state.skipped, 2) << "nothing more was asked for in their place";
}

TEST(BackfillStateTest, BeginsAnewWhenTheCatalogSpeaksOfAnotherPage) {
  const absl::Time now = absl::FromUnixSeconds(1'000'000);
  BackfillState done = BeginBackfill("fake", "https://a", {{"h", "https://a/h", ""}}, now);
  EXPECT_FALSE(MustBegin(done, "fake", "https://a"));
  done.progress.phase = BackfillPhase::kDone;
  done.pending.clear();
  EXPECT_FALSE(MustBegin(done, "fake", "https://a"));
  EXPECT_TRUE(MustBegin(done, "other", "https://a"));
  EXPECT_TRUE(MustBegin(done, "fake", "https://b"));
  EXPECT_EQ(DueAt(done, "me", now), absl::InfiniteFuture());
}

TEST(BackfillStateTest, AClaimKeepsOthersAwayUntilItsLeaseEnds) {
  const absl::Time now = absl::FromUnixSeconds(1'000'000);
  BackfillState state = BeginBackfill("fake", "https://a", {{"h", "https://a/h", ""}}, now);
  state.owner = "a";
  state.lease_until = now + absl::Seconds(45);
  EXPECT_EQ(DueAt(state, "b", now), state.lease_until);
  EXPECT_EQ(DueAt(state, "a", now), now);
  EXPECT_EQ(DueAt(state, "b", state.lease_until), now);
}

}  // namespace
}  // namespace fails::scraper
