// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/poll_outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace fails::scraper {
namespace {

// A pause of ours, not of the page: long enough for a bus to come back, and for the page not to be
// asked in a hurry.
constexpr absl::Duration kAfterInterruption = absl::Seconds(10);

constexpr std::size_t kMaxWords = 500;

int Severity(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::kOk:
    case AnswerKind::kNotModified:
      return 0;
    case AnswerKind::kGone:
      return 1;
    case AnswerKind::kWrongContent:
      return 2;
    case AnswerKind::kUnreachable:
      return 3;
    case AnswerKind::kRateLimited:
      return 4;
  }
  return 0;
}

struct Summary {
  const DocumentOutcome* worst = nullptr;  // null: all are good
  std::size_t failed = 0;
  bool any_good = false;
  bool any_published = false;
  bool page_deleted = false;
  std::optional<absl::Duration> retry_after;
  std::string redirected_to;
};

Summary Summarize(const PollOutcome& outcome) {
  Summary summary;
  for (const DocumentOutcome& document : outcome.documents) {
    if (document.published) summary.any_published = true;
    if (!document.redirected_to.empty()) summary.redirected_to = document.redirected_to;
    if (document.retry_after) {
      summary.retry_after =
          std::max(summary.retry_after.value_or(absl::ZeroDuration()), *document.retry_after);
    }
    if (document.answer.good()) {
      summary.any_good = true;
      continue;
    }
    ++summary.failed;
    if (document.page_deleted) summary.page_deleted = true;
    if (!summary.worst || Severity(document.answer.kind) > Severity(summary.worst->answer.kind)) {
      summary.worst = &document;
    }
  }
  return summary;
}

HealthState StateFor(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::kOk:
    case AnswerKind::kNotModified:
      return HealthState::kOk;
    case AnswerKind::kUnreachable:
      return HealthState::kUnreachable;
    case AnswerKind::kRateLimited:
      return HealthState::kRateLimited;
    case AnswerKind::kWrongContent:
    case AnswerKind::kGone:
      return HealthState::kWrongContent;
  }
  return HealthState::kUnreachable;
}

void AppendWords(std::string& words, const std::string& more) {
  if (more.empty()) return;
  if (!words.empty()) words += "; ";
  words += more;
}

std::string FailureWords(const Summary& summary, std::size_t documents) {
  std::string words = fmt::format("{}: {}", summary.worst->kind, summary.worst->answer.words);
  if (words.size() > kMaxWords) words.resize(kMaxWords);
  if (summary.failed == 1 && documents == 1) return words;
  return fmt::format("{} of {} documents failed; {}", summary.failed, documents, words);
}

// One such answer may be a mistake of whoever serves the page.
constexpr int kDeletedAfter = 3;

// A page that was taken down is not polled any more, except now and then: it may come back.
void NoteDeleted(PageState& state, const SchedulePolicy& policy, absl::Duration interval,
                 absl::Time now, double random) {
  state.health.state = HealthState::kDeleted;
  state.next_poll_at =
      NextPollAt(policy, now, std::max(interval, policy.deleted_interval), 0, {}, random);
  state.health.next_poll_at = state.next_poll_at;
}

// What was found out about a page holds until it answers well again.
void NoteMove(Health& health) {
  if (health.state != HealthState::kWrongContent || health.detected_platform.empty()) return;
  health.state = HealthState::kMoved;
  health.last_error =
      fmt::format("the page seems to be on '{}' now, not on what the catalog says; {}",
                  health.detected_platform, health.last_error);
}

std::string RedirectWords(const Summary& summary) {
  if (summary.redirected_to.empty()) return "";
  return fmt::format("redirected to {}", summary.redirected_to);
}

}  // namespace

std::string_view Word(const PollOutcome& outcome) {
  if (outcome.interrupted) return "interrupted";
  const Summary summary = Summarize(outcome);
  if (summary.worst) return ToString(summary.worst->answer.kind);
  return summary.any_published ? "changed" : "not_modified";
}

bool WorthProbing(const PageState& state) {
  constexpr int kFirst = 3;
  constexpr int kEvery = 8;
  const bool wrong =
      state.health.state == HealthState::kWrongContent || state.health.state == HealthState::kMoved;
  return wrong && state.consecutive_failures >= kFirst &&
         (state.consecutive_failures - kFirst) % kEvery == 0;
}

PageState WithDetected(PageState state, const std::string& platform) {
  if (platform == state.health.detected_platform) return state;
  state.health.detected_platform = platform;
  NoteMove(state.health);
  return state;
}

PageState AfterPoll(PageState state, const PollOutcome& outcome, const SchedulePolicy& policy,
                    absl::Duration interval, absl::Time now, double random) {
  const Summary summary = Summarize(outcome);
  Health& health = state.health;
  if (summary.any_published && !outcome.trifles_only) health.last_change_at = now;
  if (outcome.interrupted) {
    if (summary.any_published) health.last_success_at = now;
    state.next_poll_at = now + std::min(interval, kAfterInterruption);
    health.next_poll_at = state.next_poll_at;
    return state;
  }

  if (summary.any_good) health.last_success_at = now;
  const bool limited = summary.worst && summary.worst->answer.kind == AnswerKind::kRateLimited;
  const bool failed = summary.worst && (!summary.any_good || limited);
  state.consecutive_failures = failed ? state.consecutive_failures + 1 : 0;
  state.next_poll_at =
      NextPollAt(policy, now, interval, state.consecutive_failures, summary.retry_after, random);
  health.last_attempt_at = now;
  health.consecutive_failures = state.consecutive_failures;
  health.next_poll_at = state.next_poll_at;
  health.last_error.clear();
  health.redirected_to = summary.redirected_to;
  if (summary.any_good) health.detected_platform.clear();

  if (summary.worst) {
    health.state = StateFor(summary.worst->answer.kind);
    health.last_error = FailureWords(summary, outcome.documents.size());
    NoteMove(health);
    if (summary.page_deleted && state.consecutive_failures >= kDeletedAfter) {
      NoteDeleted(state, policy, interval, now, random);
    }
    AppendWords(health.last_error,
                CircuitWords(policy, state.consecutive_failures, state.next_poll_at));
  } else {
    const std::string frozen = FrozenWords(policy, health.last_change_at, now);
    health.state = frozen.empty() ? HealthState::kOk : HealthState::kFrozen;
    health.last_error = frozen;
  }
  AppendWords(health.last_error, RedirectWords(summary));
  return state;
}

}  // namespace fails::scraper
