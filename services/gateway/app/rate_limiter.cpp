// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/app/rate_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace fails::gateway {

RateLimiter::RateLimiter(Options options, const Clock& clock) : options_(options), clock_(clock) {}

std::optional<absl::Duration> RateLimiter::Take(std::string_view client) {
  if (options_.per_second <= 0) return std::nullopt;
  const absl::Time now = clock_.Now();
  absl::MutexLock lock(&mutex_);
  if (buckets_.size() >= options_.most_clients) ForgetFull(now);
  const auto [entry, fresh] = buckets_.try_emplace(ClientKey(client), Bucket{options_.burst, now});
  Bucket& bucket = entry->second;
  const double seconds = std::max(0.0, absl::ToDoubleSeconds(now - bucket.filled_at));
  bucket.tokens = std::min(options_.burst, bucket.tokens + seconds * options_.per_second);
  bucket.filled_at = now;
  if (bucket.tokens < 1) return absl::Seconds((1 - bucket.tokens) / options_.per_second);
  bucket.tokens -= 1;
  return std::nullopt;
}

// A full bucket says the same as none. When even that leaves no room, everybody starts anew.
void RateLimiter::ForgetFull(absl::Time now) {
  const absl::Duration to_fill = absl::Seconds(options_.burst / options_.per_second);
  absl::erase_if(buckets_,
                 [&](const auto& entry) { return now - entry.second.filled_at >= to_fill; });
  if (buckets_.size() >= options_.most_clients) buckets_.clear();
}

std::string ClientKey(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));  // without the zone of a link-local
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {  // ::ffff:192.0.2.1
    std::array<char, INET_ADDRSTRLEN> v4{};
    inet_ntop(AF_INET, bytes.data() + kMapped.size(), v4.data(), v4.size());
    return v4.data();
  }
  return std::string(bytes.begin(), bytes.begin() + 8);
}

}  // namespace fails::gateway
