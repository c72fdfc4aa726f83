// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"

namespace fails::scraper {

// What we know of a document that was published, to ask for changes only.
struct Validators {
  std::string etag;
  std::string last_modified;
  std::string body_sha256;  // 32 raw bytes; empty for a follow-up that its page says is gone
  std::string parent;  // URL of the document that led here; empty for a platform's first requests
  absl::Time not_before = absl::InfinitePast();    // a document that is asked for seldom
  std::optional<absl::Time> page_updated_at = {};  // the last change of its page, as it says

  friend bool operator==(const Validators&, const Validators&) = default;
};

using ValidatorMap = std::map<std::string, Validators>;  // by the URL asked for

// A page's validators. Copies share one map, which nobody changes: a page's state is copied at
// every step of a poll, and most polls find these as they were.
class SharedValidators {
 public:
  SharedValidators();  // none
  explicit SharedValidators(ValidatorMap map)
      : map_(std::make_shared<const ValidatorMap>(std::move(map))) {}

  const ValidatorMap& operator*() const { return *map_; }
  const ValidatorMap* operator->() const { return map_.get(); }

  friend bool operator==(const SharedValidators& a, const SharedValidators& b) {
    return a.map_ == b.map_ || *a.map_ == *b.map_;
  }

 private:
  std::shared_ptr<const ValidatorMap> map_;  // never null
};

// How the collection of a page is doing; says nothing of the provider's services.
enum class HealthState {
  kUnknown,
  kOk,
  kStale,
  kUnreachable,
  kWrongContent,
  kRateLimited,
  kFrozen,
  kMoved,
  kDeleted
};

// "unknown", "ok", "stale", "unreachable", "wrong_content", "rate_limited", "frozen", "moved",
// "deleted".
const char* ToString(HealthState state);

struct Health {
  HealthState state = HealthState::kUnknown;
  std::optional<absl::Time> last_attempt_at;
  std::optional<absl::Time> last_success_at;  // at least one good document
  std::optional<absl::Time> last_change_at;   // at least one new document, trifles apart
  std::string last_error;                     // in words; empty while all is well
  int consecutive_failures = 0;
  std::optional<absl::Time> next_poll_at;
  std::string detected_platform;  // kMoved: what the page seems to be on now; else empty
  std::string redirected_to;  // the host that answers in place of the one asked; empty: none does

  friend bool operator==(const Health&, const Health&) = default;
};

// Everything that replicas share about a page. Lives in the key-value bucket page_state and is
// changed by compare-and-set only.
struct PageState {
  std::string owner;  // the replica that polls now; empty between polls
  absl::Time lease_until = absl::InfinitePast();
  absl::Time next_poll_at = absl::InfinitePast();
  int consecutive_failures = 0;
  SharedValidators validators;
  Health health;

  friend bool operator==(const PageState&, const PageState&) = default;
};

// Whether a page that was fine (as `state` says) has not been polled well for a long while: five
// intervals, at least ten minutes.
bool IsStale(HealthState state, std::optional<absl::Time> last_success_at, absl::Duration interval,
             absl::Time now);

// The health as of `now`, which is when a page becomes stale.
Health HealthAsOf(const Health& health, absl::Duration interval, absl::Time now);

}  // namespace fails::scraper
