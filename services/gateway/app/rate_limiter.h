// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace fails::gateway {

// A token bucket for each client: `burst` requests at once, `per_second` in the long run.
// Thread-safe.
class RateLimiter {
 public:
  struct Options {
    double per_second = 50;  // 0: no limit
    double burst = 200;
    std::size_t most_clients = 100'000;  // beyond, those who rested longest are forgotten
  };

  RateLimiter(Options options, const Clock& clock);

  // Takes a token; when there is none, the time until there will be.
  std::optional<absl::Duration> Take(std::string_view client);

 private:
  struct Bucket {
    double tokens = 0;
    absl::Time filled_at;
  };
  void ForgetFull(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  const Clock& clock_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Bucket> buckets_ ABSL_GUARDED_BY(mutex_);
};

// Who counts as one client: an IPv4 address, or the /64 of an IPv6 address, which is what one
// household gets.
std::string ClientKey(std::string_view address);

}  // namespace fails::gateway
