// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace fails::scraper {

// How often a host may be asked in a row: evenly, `per_second` times a second, whoever asks.
// Thread-safe.
class HostPace {
 public:
  explicit HostPace(double per_second) : step_(absl::Seconds(1) / per_second) {}

  // The time of the next request, which is the caller's then; absent, and nobody's, if that is
  // after `latest`.
  std::optional<absl::Time> Reserve(const std::string& host, absl::Time now, absl::Time latest);

  // Nobody asks the host before `until`.
  void Hold(const std::string& host, absl::Time until);

 private:
  const absl::Duration step_;
  absl::Mutex mutex_;
  std::map<std::string, absl::Time> next_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::scraper
