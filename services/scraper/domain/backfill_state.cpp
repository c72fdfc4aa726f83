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

void Enqueue(BackfillState& state, std::vector<platforms::DocumentRequest> requests) {
  for (platforms::DocumentRequest& request : requests) {
    if (state.seen.size() >= kMaxSeen || !state.seen.insert(HashOf(request.url)).second) continue;
    state.pending.push_back({.kind = std::move(request.kind),
                             .url = std::move(request.url),
                             .accept = std::move(request.accept),
                             .state = std::move(request.state)});
  }
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
  state.progress.pending = static_cast<std::int64_t>(state.pending.size());
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
  const auto it = std::ranges::find_if(
      state.pending, [now](const PendingDocument& document) { return document.not_before <= now; });
  if (it == state.pending.end()) return std::nullopt;
  PendingDocument document = std::move(*it);
  state.pending.erase(it);
  return document;
}

void PutBack(BackfillState& state, PendingDocument document) {
  state.pending.push_front(std::move(document));
}

void Fetched(BackfillState& state, std::vector<platforms::DocumentRequest> follow_ups) {
  ++state.progress.documents;
  state.consecutive_failures = 0;
  Enqueue(state, std::move(follow_ups));
}

void Skip(BackfillState& state, const PendingDocument& document, const std::string& words) {
  ++state.skipped;
  state.skipped_words = Words(document, words);
}

bool Retry(BackfillState& state, PendingDocument document, const std::string& words,
           const BackfillPolicy& policy, absl::Time now, double random) {
  if (++document.attempts >= policy.attempts) {
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
  ++state.consecutive_failures;
  state.progress.last_error = Words(document, words);
  state.next_at = NextPollAt(policy.schedule, now, policy.retry_after, state.consecutive_failures,
                             asked, random);
  state.pending.push_back(std::move(document));
}

BackfillState Settled(BackfillState state, const BackfillPolicy& policy, absl::Time now) {
  state.owner.clear();
  state.lease_until = absl::InfinitePast();
  BackfillProgress& progress = state.progress;
  progress.pending = static_cast<std::int64_t>(state.pending.size());
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
  const auto earliest =
      std::ranges::min_element(state.pending, {}, &PendingDocument::not_before)->not_before;
  state.next_at = std::max(now, earliest);
  return state;
}

}  // namespace fails::scraper
