// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/platforms/platform.h"
#include "services/scraper/domain/schedule.h"

// The walk through a page's history, as a value that is stored between any two slices of it:
// whoever reads it can go on.
namespace fails::scraper {

enum class BackfillPhase { kNone, kRunning, kDone, kFailed };

// "none", "running", "done", "failed".
const char* ToString(BackfillPhase phase);

// For everybody who wants to know how far the walk has come. kFailed goes on by itself.
struct BackfillProgress {
  BackfillPhase phase = BackfillPhase::kNone;
  std::int64_t documents = 0;
  std::int64_t pending = 0;
  absl::Time started_at = absl::InfinitePast();
  std::optional<absl::Time> finished_at;
  std::string last_error;

  friend bool operator==(const BackfillProgress&, const BackfillProgress&) = default;
};

struct PendingDocument {
  std::string kind;
  std::string url;
  std::string accept;
  std::string state;  // opaque, the platform's
  int attempts = 0;   // that failed
  absl::Time not_before = absl::InfinitePast();
  // The URL of the document that it stands in for, mostly empty: it waits for as long as that one
  // is on the list.
  std::string instead_of = {};

  friend bool operator==(const PendingDocument&, const PendingDocument&) = default;
};

struct BackfillState {
  std::string platform;  // what is walked
  std::string url;
  std::string owner;  // the replica that walks now; empty between slices
  absl::Time lease_until = absl::InfinitePast();
  absl::Time next_at = absl::InfinitePast();
  int consecutive_failures = 0;
  BackfillProgress progress;  // its `pending` follows from the list
  std::deque<PendingDocument> pending;
  std::set<std::uint64_t> seen;  // of every URL met, but for those of waiting stand-ins
  std::int64_t skipped = 0;
  std::string skipped_words;

  friend bool operator==(const BackfillState&, const BackfillState&) = default;
};

struct BackfillPolicy {
  int attempts = 5;                               // at a document, before it is skipped
  absl::Duration retry_after = absl::Seconds(2);  // doubles with every attempt
  int pause_after = 5;  // documents of wrong content in a row: it is the page, not the document
  absl::Duration start_over_after = absl::Hours(24);  // a walk that found nothing at all
  SchedulePolicy schedule;
};

// A walk that begins now.
BackfillState BeginBackfill(const std::string& platform, const std::string& url,
                            std::vector<platforms::DocumentRequest> first, absl::Time now);

// Whether it has to begin anew: the catalog speaks of another page now, or the last one found
// nothing and has rested.
bool MustBegin(const BackfillState& state, const std::string& platform, const std::string& url);

bool HeldByOther(const BackfillState& state, const std::string& self, absl::Time now);

// When `self` should go on; absl::InfiniteFuture() when the walk is done.
absl::Time DueAt(const BackfillState& state, const std::string& self, absl::Time now);

// The first document that may be asked for now; it is taken off the list, and comes back with one
// of the calls below.
std::optional<PendingDocument> TakeDue(BackfillState& state, absl::Time now);

void PutBack(BackfillState& state, PendingDocument document);
// It is published, and its stand-ins leave the list; what it leads to and was never met joins it.
void Fetched(BackfillState& state, const PendingDocument& document,
             std::vector<platforms::DocumentRequest> follow_ups);
// It will never be had: its stand-ins are next. Where there are some, it is counted as skipped only
// if it is a stand-in itself, and so said less already.
void Skip(BackfillState& state, const PendingDocument& document, const std::string& words);
// It is not what the platform sends: again later, a few times; then it is skipped, and at once if
// it has a stand-in. Returns whether the walk pauses, because that holds for one document after the
// other.
bool Retry(BackfillState& state, PendingDocument document, const std::string& words,
           const BackfillPolicy& policy, absl::Time now, double random);
// The page wants us to be slower: the walk pauses. The document comes back last, so that one that
// is never had does not hide the others.
void Pause(BackfillState& state, PendingDocument document, const std::string& words,
           const BackfillPolicy& policy, std::optional<absl::Duration> asked, absl::Time now,
           double random);
// The page does not answer: the walk pauses, and the document comes back last, unless it has a
// stand-in and failed often.
void NoAnswer(BackfillState& state, PendingDocument document, const std::string& words,
              const BackfillPolicy& policy, std::optional<absl::Duration> asked, absl::Time now,
              double random);

// The end of a slice: phase, words, when to go on. The claim is given up.
BackfillState Settled(BackfillState state, const BackfillPolicy& policy, absl::Time now);

}  // namespace fails::scraper
