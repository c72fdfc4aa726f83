// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/http/client.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// The port Fetch over our HTTP client, with a way to end all waiting at once. Thread-safe.
class HttpFetcher {
 public:
  explicit HttpFetcher(http::Client& client, absl::Duration timeout = absl::Seconds(15));
  ~HttpFetcher();  // no Get is under way

  absl::StatusOr<FetchResponse> Get(const FetchRequest& request);

  // The port FetchWhileUnchanged. The next request is begun on the client's thread: the caller's
  // wakes once.
  RunAnswer GetWhileUnchanged(std::vector<FetchRequest> requests, absl::Time last_start);

  // Every Get of either kind, now and later, answers CANCELLED.
  void Cancel();

 private:
  struct Shared;
  http::Client& client_;
  const absl::Duration timeout_;
  const std::unique_ptr<Shared> shared_;
};

}  // namespace fails::scraper
