// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/poll_outcome.h"

#include <gtest/gtest.h>

#include <string>

#include "common/base/time.h"

namespace fails::scraper {
namespace {

const absl::Time kNow = *ParseTime("2026-01-01T00:00:00Z");
constexpr absl::Duration kInterval = absl::Seconds(60);

DocumentOutcome Doc(AnswerKind kind, std::string words = "", bool published = false) {
  DocumentOutcome document;
  document.kind = "incidents";
  document.answer = {kind, std::move(words)};
  document.published = published;
  return document;
}

PageState After(const std::vector<DocumentOutcome>& documents, const PageState& before = {}) {
  return AfterPoll(before, {documents, false}, {}, kInterval, kNow, 0.5);
}

PageState Failing(int times) {
  PageState state;
  state.consecutive_failures = state.health.consecutive_failures = times;
  state.health.last_success_at = kNow - absl::Hours(1);
  return state;
}

TEST(AfterPollTest, AChangedDocumentIsASuccessAndAChange) {
  const PageState state = After({Doc(AnswerKind::kOk, "", true), Doc(AnswerKind::kNotModified)});
  EXPECT_EQ(state.health.state, HealthState::kOk);
  EXPECT_EQ(state.health.last_attempt_at, kNow);
  EXPECT_EQ(state.health.last_success_at, kNow);
  EXPECT_EQ(state.health.last_change_at, kNow);
  EXPECT_EQ(state.health.last_error, "");
  EXPECT_EQ(state.next_poll_at, kNow + kInterval);
  EXPECT_EQ(state.health.next_poll_at, kNow + kInterval);
}

TEST(AfterPollTest, NothingNewKeepsTheTimeOfTheLastChange) {
  PageState before;
  before.health.last_change_at = kNow - absl::Hours(5);
  const PageState state = After({Doc(AnswerKind::kNotModified), Doc(AnswerKind::kOk)}, before);
  EXPECT_EQ(state.health.state, HealthState::kOk);
  EXPECT_EQ(state.health.last_change_at, kNow - absl::Hours(5));
}

struct FailureCase {
  AnswerKind kind;
  HealthState state;
};

class FailureTest : public ::testing::TestWithParam<FailureCase> {};

TEST_P(FailureTest, EveryKindHasItsStateAndBacksOff) {
  const PageState state = After({Doc(GetParam().kind, "why")}, Failing(2));
  EXPECT_EQ(state.health.state, GetParam().state);
  EXPECT_EQ(state.health.last_error, "incidents: why");
  EXPECT_EQ(state.consecutive_failures, 3);
  EXPECT_EQ(state.health.consecutive_failures, 3);
  EXPECT_EQ(state.health.last_attempt_at, kNow);
  EXPECT_EQ(state.health.last_success_at, kNow - absl::Hours(1));
  EXPECT_EQ(state.next_poll_at, kNow + 4 * kInterval);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, FailureTest,
    ::testing::Values(FailureCase{AnswerKind::kUnreachable, HealthState::kUnreachable},
                      FailureCase{AnswerKind::kWrongContent, HealthState::kWrongContent},
                      FailureCase{AnswerKind::kGone, HealthState::kWrongContent},
                      FailureCase{AnswerKind::kRateLimited, HealthState::kRateLimited}),
    [](const auto& info) { return std::string(ToString(info.param.kind)); });

TEST(AfterPollTest, OneBadDocumentIsToldButDoesNotSlowThePageDown) {
  const PageState state = After(
      {Doc(AnswerKind::kOk), Doc(AnswerKind::kGone, "HTTP 404"), Doc(AnswerKind::kOk)}, Failing(2));
  EXPECT_EQ(state.health.state, HealthState::kWrongContent);
  EXPECT_EQ(state.health.last_error, "1 of 3 documents failed; incidents: HTTP 404");
  EXPECT_EQ(state.health.last_success_at, kNow);
  EXPECT_EQ(state.consecutive_failures, 0);
  EXPECT_EQ(state.next_poll_at, kNow + kInterval);
}

TEST(AfterPollTest, TheWorstFailureGivesTheWord) {
  const PageState state = After({Doc(AnswerKind::kGone, "a"), Doc(AnswerKind::kUnreachable, "b"),
                                 Doc(AnswerKind::kWrongContent, "c")});
  EXPECT_EQ(state.health.state, HealthState::kUnreachable);
  EXPECT_EQ(state.health.last_error, "3 of 3 documents failed; incidents: b");
}

TEST(AfterPollTest, ARateLimitSlowsDownEvenIfOthersWereGood) {
  DocumentOutcome limited = Doc(AnswerKind::kRateLimited, "HTTP 429");
  limited.retry_after = absl::Minutes(30);
  const PageState state = After({Doc(AnswerKind::kOk, "", true), limited});
  EXPECT_EQ(state.health.state, HealthState::kRateLimited);
  EXPECT_EQ(state.consecutive_failures, 1);
  EXPECT_GE(state.next_poll_at, kNow + absl::Minutes(30));
}

TEST(AfterPollTest, AnOpenCircuitIsPartOfTheWords) {
  const PageState state = After({Doc(AnswerKind::kUnreachable, "refused")}, Failing(4));
  EXPECT_EQ(state.health.last_error,
            "incidents: refused; 5 polls in a row failed, trying again at 2026-01-01T00:15:00Z "
            "with one request");
}

TEST(AfterPollTest, SuccessEndsTheFailures) {
  const PageState state = After({Doc(AnswerKind::kNotModified)}, Failing(7));
  EXPECT_EQ(state.health.state, HealthState::kOk);
  EXPECT_EQ(state.health.consecutive_failures, 0);
  EXPECT_EQ(state.next_poll_at, kNow + kInterval);
}

TEST(AfterPollTest, AnswersThatNeverChangeAreFrozen) {
  PageState before;
  before.health.last_change_at = kNow - absl::Hours(24 * 40);
  const PageState state = After({Doc(AnswerKind::kNotModified)}, before);
  EXPECT_EQ(state.health.state, HealthState::kFrozen);
  EXPECT_EQ(state.health.last_error,
            "answers, but nothing has changed since 2025-11-22T00:00:00Z (40 days)");
  EXPECT_EQ(state.consecutive_failures, 0);
}

TEST(AfterPollTest, Quirk02AMirrorIsFrozenByItsOwnAccountWhateverTriflesChange) {
  PageState before;
  before.health.last_change_at = kNow - absl::Hours(24 * 31);
  PollOutcome outcome{.documents = {Doc(AnswerKind::kOk, "", true)}, .trifles_only = true};
  const PageState state = AfterPoll(before, outcome, {}, kInterval, kNow, 0.5);
  EXPECT_EQ(state.health.state, HealthState::kFrozen);
  EXPECT_EQ(state.health.last_change_at, before.health.last_change_at);
  EXPECT_EQ(state.next_poll_at, kNow + kInterval) << "it may be a quiet page";
  outcome.trifles_only = false;
  EXPECT_EQ(AfterPoll(before, outcome, {}, kInterval, kNow, 0.5).health.state, HealthState::kOk);
}

TEST(AfterPollTest, Quirk03ADeletedPageIsAskedOnceADayAfterTheThirdTime) {
  DocumentOutcome gone = Doc(AnswerKind::kWrongContent, "HTML instead of JSON");
  gone.page_deleted = true;
  const PageState second = After({gone, gone}, Failing(1));
  EXPECT_EQ(second.health.state, HealthState::kWrongContent);
  EXPECT_EQ(second.next_poll_at, kNow + 2 * kInterval);
  const PageState third = After({gone, gone}, second);
  EXPECT_EQ(third.health.state, HealthState::kDeleted);
  EXPECT_EQ(third.next_poll_at, kNow + absl::Hours(24));
  EXPECT_EQ(third.health.next_poll_at, third.next_poll_at);
  EXPECT_FALSE(WorthProbing(third));
  const PageState partly = After({gone, Doc(AnswerKind::kOk)}, second);
  EXPECT_EQ(partly.health.state, HealthState::kWrongContent) << "the page is there";
  const PageState back = After({Doc(AnswerKind::kOk)}, third);
  EXPECT_EQ(back.health.state, HealthState::kOk);
  EXPECT_EQ(back.next_poll_at, kNow + kInterval);
}

TEST(AfterPollTest, ARedirectToAnotherHostIsNoted) {
  DocumentOutcome document = Doc(AnswerKind::kOk, "", true);
  document.redirected_to = "status.claude.com";
  const PageState state = After({document});
  EXPECT_EQ(state.health.state, HealthState::kOk);
  EXPECT_EQ(state.health.last_error, "redirected to status.claude.com");
  EXPECT_EQ(state.health.redirected_to, "status.claude.com");
}

TEST(AfterPollTest, AnInterruptionOfOursIsNoFailureOfThePage) {
  PageState before = Failing(2);
  before.health.state = HealthState::kUnreachable;
  before.health.last_error = "refused";
  const PageState state =
      AfterPoll(before, {{Doc(AnswerKind::kOk)}, true}, {}, kInterval, kNow, 0.5);
  EXPECT_EQ(state.health.state, HealthState::kUnreachable);
  EXPECT_EQ(state.health.last_error, "refused");
  EXPECT_EQ(state.consecutive_failures, 2);
  EXPECT_EQ(state.health.last_success_at, kNow - absl::Hours(1));
  EXPECT_LE(state.next_poll_at, kNow + absl::Seconds(10));
}

TEST(AfterPollTest, LongWordsAreCut) {
  const PageState state = After({Doc(AnswerKind::kUnreachable, std::string(100'000, 'x'))});
  EXPECT_LT(state.health.last_error.size(), 1000u);
}

TEST(WordTest, NamesThePollForTheMetrics) {
  EXPECT_EQ(Word({{Doc(AnswerKind::kOk, "", true), Doc(AnswerKind::kOk)}, false}), "changed");
  EXPECT_EQ(Word({{Doc(AnswerKind::kOk), Doc(AnswerKind::kNotModified)}, false}), "not_modified");
  EXPECT_EQ(Word({{Doc(AnswerKind::kOk), Doc(AnswerKind::kGone)}, false}), "gone");
  EXPECT_EQ(Word({{Doc(AnswerKind::kOk)}, true}), "interrupted");
}

TEST(HealthAsOfTest, AFinePageThatNobodyPollsGoesStale) {
  Health health;
  health.state = HealthState::kOk;
  health.last_success_at = kNow;
  EXPECT_EQ(HealthAsOf(health, kInterval, kNow + absl::Minutes(9)), health);
  const Health stale = HealthAsOf(health, kInterval, kNow + absl::Minutes(10));
  EXPECT_EQ(stale.state, HealthState::kStale);
  EXPECT_EQ(stale.last_error, "not polled successfully since 2026-01-01T00:00:00Z");
  EXPECT_EQ(HealthAsOf(health, absl::Hours(1), kNow + absl::Hours(4)), health);
}

TEST(HealthAsOfTest, AFailingPageKeepsItsReason) {
  Health health;
  health.state = HealthState::kUnreachable;
  health.last_success_at = kNow;
  EXPECT_EQ(HealthAsOf(health, kInterval, kNow + absl::Hours(100)), health);
  EXPECT_EQ(HealthAsOf({}, kInterval, kNow), Health{});
}

}  // namespace
}  // namespace fails::scraper
