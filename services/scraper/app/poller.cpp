// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poller.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "common/obs/log.h"
#include "services/scraper/domain/claim_rules.h"

namespace fails::scraper {
namespace {

constexpr absl::Duration kStoreRetry = absl::Milliseconds(500);
constexpr absl::Duration kStopGrace = absl::Seconds(3);

void LogTransition(const std::string& page, const Health& before, const Health& after) {
  if (before.state == after.state) return;
  const auto level = after.state == HealthState::kOk ? spdlog::level::info : spdlog::level::warn;
  spdlog::log(level, "page {}: {} after {}{}{}", page, ToString(after.state),
              ToString(before.state), after.last_error.empty() ? "" : ": ", after.last_error);
}

}  // namespace

Poller::Poller(const std::vector<WatchedPage>& pages, Options options, Parts parts)
    : options_(options),
      parts_(std::move(parts)),
      agenda_(options.max_polls, options.max_per_host) {
  for (const WatchedPage& page : pages) {
    if (page.dormant) continue;
    pages_.emplace(page.id, &page);
    agenda_.Add(page.id, HostOf(page.url), absl::InfinitePast());
  }
}

Poller::~Poller() {
  Stop(absl::InfinitePast());
}

void Poller::Start() {
  absl::MutexLock lock(&mutex_);
  if (started_ || stopping_.HasBeenNotified()) return;
  started_ = true;
  threads_.emplace_back([this] { Schedule(); });
  for (int i = 0; i < options_.max_polls; ++i) threads_.emplace_back([this] { Work(); });
}

void Poller::Stop(absl::Time deadline) {
  {
    absl::MutexLock lock(&mutex_);
    if (!stopping_.HasBeenNotified()) {
      stopping_.Notify();
      wake_.SignalAll();
      work_.SignalAll();
      const absl::Time now = parts_.clock.Now();
      const absl::Duration grace =
          std::clamp((deadline - now) / 2, absl::ZeroDuration(), kStopGrace);
      const auto idle = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return agenda_.running() == static_cast<int>(ready_.size());
      };
      mutex_.AwaitWithTimeout(absl::Condition(&idle), grace);
      parts_.cancel_fetches();
    }
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Poller::PageChanged(const std::string& page, const std::optional<PageState>& state) {
  if (!pages_.contains(page)) return;
  parts_.metrics.SetHealth(page, state ? state->health : Health{});
  absl::MutexLock lock(&mutex_);
  // While we poll the page, only what somebody writes after our claim ended says anything about the
  // next poll.
  if (agenda_.IsRunning(page) && state && !state->owner.empty()) return;
  agenda_.SetDue(page, state ? DueAt(*state, parts_.claims.owner(), parts_.clock.Now())
                             : absl::InfinitePast());
  WakeIfEarlier();
}

void Poller::WakeIfEarlier() {
  if (agenda_.NextStart().value_or(absl::InfiniteFuture()) < wake_at_) wake_.Signal();
}

int Poller::StartDue() {
  int started = 0;
  while (auto page = agenda_.Start(parts_.clock.Now())) {
    ready_.push_back(*std::move(page));
    ++started;
  }
  return started;
}

void Poller::Schedule() {
  absl::MutexLock lock(&mutex_);
  while (!stopping_.HasBeenNotified()) {
    for (int started = StartDue(); started > 0; --started) work_.Signal();
    wake_at_ = agenda_.NextStart().value_or(absl::InfiniteFuture());
    wake_.WaitWithDeadline(&mutex_, wake_at_);
  }
}

void Poller::Work() {
  absl::MutexLock lock(&mutex_);
  while (true) {
    while (ready_.empty() && !stopping_.HasBeenNotified()) work_.Wait(&mutex_);
    if (stopping_.HasBeenNotified()) return;
    const std::string page = std::move(ready_.front());
    ready_.pop_front();
    mutex_.Unlock();
    const absl::Time due = PollOnce(*pages_.at(page));
    mutex_.Lock();
    agenda_.Finish(page, due);
    if (stopping_.HasBeenNotified()) return;
    // The first of them is this thread's own next one: while there is work, no other has to wake.
    for (int started = StartDue(); started > 1; --started) work_.Signal();
    WakeIfEarlier();
  }
}

absl::Time Poller::PollOnce(const WatchedPage& page) {
  const obs::TraceScope trace(obs::NewTraceparent());
  const auto attempt = parts_.claims.Take(page.id);
  NoteStore(attempt.status());
  if (!attempt.ok()) return parts_.clock.Now() + kStoreRetry;
  if (!attempt->claim) return attempt->due;
  const LeaseKeeper::Guard lease(parts_.keeper, *attempt->claim);
  return PollClaimed(page, *attempt->claim);
}

absl::Time Poller::PollClaimed(const WatchedPage& page, Claim& claim) {
  const PageState& before = claim.claimed();
  PollOptions options;
  options.probe_first = CircuitOpen(options_.schedule, before.consecutive_failures);
  options.rotate = before.consecutive_failures;
  const absl::Time start = parts_.clock.Now();
  const PollTarget target{page.id, page.url, *page.platform};
  const auto cut = [&]() -> absl::Status {
    if (stopping_.HasBeenNotified()) return absl::CancelledError("shutting down");
    if (claim.lost()) return absl::AbortedError("another replica took the page over");
    return absl::OkStatus();
  };
  PollReport report = RunGuarded(target, before.validators, options, cut);
  const absl::Time now = parts_.clock.Now();
  parts_.metrics.Polled(page.id, Word(report.outcome), report.published, now - start);
  if (report.outcome.interrupted) {
    spdlog::warn("poll of page {} interrupted: {}", page.id, report.interruption.ToString());
  }

  PageState after =
      AfterPoll(before, report.outcome, options_.schedule, page.interval, now, parts_.random());
  after.validators = std::move(report.validators);
  if (!report.outcome.interrupted) after = Probed(std::move(after), page, cut);
  const auto written = Keep(claim, after);
  if (!written.ok()) {
    // The documents are published; with the old validators the next poll may publish them again, as
    // the same messages.
    spdlog::warn("outcome of polling page {} not kept: {}", page.id, written.status().ToString());
    return now + kStoreRetry;
  }
  LogTransition(page.id, before.health, written->health);
  if (const absl::Status told = parts_.board.TellHealth(page.id, written->health); !told.ok()) {
    spdlog::warn("health of page {} not told: {}", page.id, told.ToString());
  }
  parts_.metrics.SetHealth(page.id, written->health);
  return written->next_poll_at;
}

PageState Poller::Probed(PageState state, const WatchedPage& page,
                         const std::function<absl::Status()>& cut) const {
  if (!parts_.detect || !WorthProbing(state)) return state;
  std::string platform = parts_.detect(page.url, cut);
  if (platform.empty()) return state;  // what was found out before still holds
  if (platform == page.platform->id()) platform.clear();
  return WithDetected(std::move(state), platform);
}

absl::StatusOr<PageState> Poller::Keep(Claim& claim, const PageState& after) {
  auto written = claim.Finish(after);
  while (absl::IsUnavailable(written.status()) &&
         !stopping_.WaitForNotificationWithTimeout(kStoreRetry)) {
    written = claim.Finish(after);
  }
  return written;
}

PollReport Poller::RunGuarded(const PollTarget& target, const SharedValidators& validators,
                              const PollOptions& options,
                              const std::function<absl::Status()>& cut) const {
  try {
    return parts_.page_poll.Run(target, validators, options, cut);
  } catch (const std::exception& error) {
    spdlog::error("polling page {} failed inside: {}", target.page, error.what());
    DocumentOutcome broken;
    broken.kind = "page";
    broken.answer = {AnswerKind::kWrongContent, std::string("failed inside: ") + error.what()};
    return {.outcome = {.documents = {broken}, .interrupted = false},
            .validators = validators,
            .published = 0,
            .interruption = absl::OkStatus()};
  }
}

void Poller::NoteStore(const absl::Status& status) {
  const bool away = !status.ok();
  if (store_away_.exchange(away) == away) return;
  if (away) {
    spdlog::warn("nothing is polled while the pages' state is away: {}", status.ToString());
  } else {
    spdlog::info("the pages' state is there");
  }
}

}  // namespace fails::scraper
