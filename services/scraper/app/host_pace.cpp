// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/host_pace.h"

#include <algorithm>

namespace fails::scraper {

std::optional<absl::Time> HostPace::Reserve(const std::string& host, absl::Time now,
                                            absl::Time latest) {
  absl::MutexLock lock(&mutex_);
  absl::Time& next = next_.try_emplace(host, absl::InfinitePast()).first->second;
  const absl::Time at = std::max(next, now);
  if (at > latest) return std::nullopt;
  next = at + step_;
  return at;
}

void HostPace::Hold(const std::string& host, absl::Time until) {
  absl::MutexLock lock(&mutex_);
  absl::Time& next = next_.try_emplace(host, absl::InfinitePast()).first->second;
  next = std::max(next, until);
}

}  // namespace fails::scraper
