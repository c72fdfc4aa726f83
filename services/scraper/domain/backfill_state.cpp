// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/backfill_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/base/hash.h"

namespace fails::scraper {
namespace {

// From here on one document more is as good as none: a chain that leads on and on ends.
constexpr std::size_t kMaxSeen = 50'000;

constexpr std::size_t kMaxWords = 500;

std::uint64_t HashOf(const std::string& url) {
  std::uint64_t hash = 0;
  std::memcpy(&hash, Sha256(url).data(), sizeof(hash));
  return hash;
}

std::string Words(const PendingDocument& document, const std::string& words) {
  std::string all = fmt::format("{} ({}): {}", document.kind, document.url, words);
  if (all.size() > kMaxWords) all.resize(kMaxWords);
  return all;
}

bool IsOnList(const BackfillState& state, const std::string& url) {
  return std::ranges::find(state.pending, url, &PendingDocument::url) != state.pending.end();
}

bool Waits(const BackfillState& state, const PendingDocument& document) {
  return !document.instead_of.empty() && IsOnList(state, document.instead_of);
}

bool HasStandIn(const BackfillState& state, const PendingDocument& document) {
  return std::ranges::find(state.pending, document.url, &PendingDocument::instead_of) !=
         state.pending.end();
}

// Those of a document that was had, and those of these.
void DropStandIns(BackfillState& state, const std::string& url) {
  std::vector<std::string> dropped;
  std::erase_if(state.pending, [&](const PendingDocument& document) {
    if (document.instead_of != url) return false;
    dropped.push_back(document.url);
    return true;
  });
  for (const std::string& gone : dropped) DropStandIns(state, gone);
}

// Those of a document that was not had are documents like any other now; one that was met before
// leaves the list.
void CallStandIns(BackfillState& state, const std::string& url) {
  std::vector<std::string> met;
  std::erase_if(state.pending, [&](const PendingDocument& document) {
    if (document.instead_of != url || state.seen.insert(HashOf(document.url)).second) return false;
    met.push_back(document.url);
    return true;
  });
  for (const std::string& gone : met) DropStandIns(state, gone);
}

void Enqueue(BackfillState& state, std::vector<platforms::DocumentRequest> requests) {
  for (platforms::DocumentRequest& request : requests) {
    const bool stands_in = !request.instead_of.empty();
    if (state.seen.size() >= kMaxSeen) return;
    if (stands_in ? !IsOnList(state, request.instead_of)
                  : !state.seen.insert(HashOf(request.url)).second) {
      continue;
    }
    state.pending.push_back({.kind = std::move(request.kind),
                             .url = std::move(request.url),
                             .accept = std::move(request.accept),
                             .state = std::move(request.state),
                             .instead_of = std::move(request.instead_of)});
  }
}

void PauseWalk(BackfillState& state, const PendingDocument& document, const std::string& words,
               const BackfillPolicy& policy, std::optional<absl::Duration> asked, absl::Time now,
               double random) {
  ++state.consecutive_failures;
  state.progress.last_error = Words(document, words);
  state.next_at = NextPollAt(policy.schedule, now, policy.retry_after, state.consecutive_failures,
                             asked, random);
}

std::int64_t CountPending(const BackfillState& state) {
  return std::ranges::count_if(
      state.pending, [&](const PendingDocument& document) { return !Waits(state, document); });
}

std::string SkippedWords(const BackfillState& state) {
  if (state.skipped == 0) return "";
  return fmt::format("{} {} skipped; the last: {}", state.skipped,
                     state.skipped == 1 ? "document" : "documents", state.skipped_words);
}

}  // namespace

const char* ToString(BackfillPhase phase) {
  switch (phase) {
    case BackfillPhase::kNone:
      return "none";
    case BackfillPhase::kRunning:
      return "running";
    case BackfillPhase::kDone:
      return "done";
    case BackfillPhase::kFailed:
      return "failed";
  }
  return "none";
}

BackfillState BeginBackfill(const std::string& platform, const std::string& url,
                            std::vector<platforms::DocumentRequest> first, absl::Time now) {
  BackfillState state;
  state.platform = platform;
  state.url = url;
  state.next_at = now;
  state.progress.phase = BackfillPhase::kRunning;
  state.progress.started_at = now;
  Enqueue(state, std::move(first));
  state.progress.pending = CountPending(state);
  return state;
}

bool MustBegin(const BackfillState& state, const std::string& platform, const std::string& url) {
  if (state.platform != platform || state.url != url) return true;
  return state.progress.phase != BackfillPhase::kDone && state.pending.empty();
}

bool HeldByOther(const BackfillState& state, const std::string& self, absl::Time now) {
  return !state.owner.empty() && state.owner != self && state.lease_until > now;
}

absl::Time DueAt(const BackfillState& state, const std::string& self, absl::Time now) {
  if (state.progress.phase == BackfillPhase::kDone) return absl::InfiniteFuture();
  if (!HeldByOther(state, self, now)) return state.next_at;
  return std::max(state.lease_until, state.next_at);
}

std::optional<PendingDocument> TakeDue(BackfillState& state, absl::Time now) {
  const auto it = std::ranges::find_if(state.pending, [&](const PendingDocument& document) {
    return document.not_before <= now && !Waits(state, document);
  });
  if (it == state.pending.end()) return std::nullopt;
  PendingDocument document = std::move(*it);
  state.pending.erase(it);
  return document;
}

void PutBack(BackfillState& state, PendingDocument document) {
  state.pending.push_front(std::move(document));
}

void Fetched(BackfillState& state, const PendingDocument& document,
             std::vector<platforms::DocumentRequest> follow_ups) {
  ++state.progress.documents;
  state.consecutive_failures = 0;
  DropStandIns(state, document.url);
  Enqueue(state, std::move(follow_ups));
}

void Skip(BackfillState& state, const PendingDocument& document, const std::string& words) {
  CallStandIns(state, document.url);
  if (HasStandIn(state, document) && document.instead_of.empty()) return;
  ++state.skipped;
  state.skipped_words = Words(document, words);
}

bool Retry(BackfillState& state, PendingDocument document, const std::string& words,
           const BackfillPolicy& policy, absl::Time now, double random) {
  if (++document.attempts >= policy.attempts || HasStandIn(state, document)) {
    Skip(state, document, words);
    return false;
  }
  if (state.consecutive_failures + 1 >= policy.pause_after) {
    Pause(state, std::move(document), words, policy, std::nullopt, now, random);
    return true;
  }
  ++state.consecutive_failures;
  document.not_before = now + policy.retry_after * (1 << std::min(document.attempts - 1, 10));
  state.pending.push_back(std::move(document));
  return false;
}

void Pause(BackfillState& state, PendingDocument document, const std::string& words,
           const BackfillPolicy& policy, std::optional<absl::Duration> asked, absl::Time now,
           double random) {
  PauseWalk(state, document, words, policy, asked, now, random);
  state.pending.push_back(std::move(document));
}

void NoAnswer(BackfillState& state, PendingDocument document, const std::string& words,
              const BackfillPolicy& policy, std::optional<absl::Duration> asked, absl::Time now,
              double random) {
  PauseWalk(state, document, words, policy, asked, now, random);
  if (HasStandIn(state, document) && ++document.attempts >= policy.attempts) {
    Skip(state, document, words);
  } else {
    state.pending.push_back(std::move(document));
  }
}

BackfillState Settled(BackfillState state, const BackfillPolicy& policy, absl::Time now) {
  state.owner.clear();
  state.lease_until = absl::InfinitePast();
  BackfillProgress& progress = state.progress;
  progress.pending = CountPending(state);
  if (state.pending.empty()) {
    const bool nothing = progress.documents == 0 && state.skipped > 0;
    progress.phase = nothing ? BackfillPhase::kFailed : BackfillPhase::kDone;
    progress.last_error = SkippedWords(state);
    if (nothing) {
      state.next_at = now + policy.start_over_after;
    } else {
      progress.finished_at = now;
    }
    state.seen.clear();
    return state;
  }
  if (state.next_at > now) {  // paused
    progress.phase = BackfillPhase::kFailed;
    return state;
  }
  progress.phase = BackfillPhase::kRunning;
  progress.last_error = SkippedWords(state);
  absl::Time earliest = absl::InfiniteFuture();
  for (const PendingDocument& document : state.pending) {
    if (!Waits(state, document)) earliest = std::min(earliest, document.not_before);
  }
  state.next_at = std::max(now, earliest);
  return state;
}

}  // namespace fails::scraper
