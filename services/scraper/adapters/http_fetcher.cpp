// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/http_fetcher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/base/status_macros.h"

namespace fails::scraper {
namespace {

constexpr std::int64_t kMaxBodyBytes = 16 << 20;
constexpr std::size_t kMaxValidatorBytes = 1024;

http::Request ToHttp(const FetchRequest& request, absl::Duration timeout) {
  http::Request http{.url = request.url, .headers = {}, .timeout = timeout};
  http.max_body_bytes = kMaxBodyBytes;
  if (!request.accept.empty()) http.headers.emplace_back("Accept", request.accept);
  if (!request.etag.empty()) http.headers.emplace_back("If-None-Match", request.etag);
  if (!request.last_modified.empty()) {
    http.headers.emplace_back("If-Modified-Since", request.last_modified);
  }
  return http;
}

// A validator goes back as it came or not at all.
std::string Sendable(std::string validator) {
  const bool sendable =
      validator.size() <= kMaxValidatorBytes &&
      std::ranges::all_of(validator, [](char c) { return c >= 0x20 && c < 0x7f; });
  return sendable ? validator : "";
}

FetchResponse FromHttp(http::Response http) {
  FetchResponse response{.status = http.status,
                         .url = http.effective_url,
                         .content_type = http.Header("content-type"),
                         .etag = Sendable(http.Header("etag")),
                         .last_modified = Sendable(http.Header("last-modified")),
                         .retry_after = http.Header("retry-after"),
                         .body = {}};
  response.body = std::move(http.body);
  response.headers = std::move(http.headers);
  return response;
}

struct Slot {
  std::optional<absl::StatusOr<http::Response>> answer;
};

}  // namespace

struct HttpFetcher::Shared {
  absl::Mutex mutex;
  bool cancelled ABSL_GUARDED_BY(mutex) = false;
};

HttpFetcher::HttpFetcher(http::Client& client, absl::Duration timeout)
    : client_(client), timeout_(timeout), shared_(std::make_shared<Shared>()) {}

absl::StatusOr<FetchResponse> HttpFetcher::Get(const FetchRequest& request) {
  const auto slot = std::make_shared<Slot>();
  client_.Fetch(ToHttp(request, timeout_),
                [shared = shared_, slot](absl::StatusOr<http::Response> answer) {
                  absl::MutexLock lock(&shared->mutex);
                  slot->answer = std::move(answer);
                });
  absl::MutexLock lock(&shared_->mutex);
  const auto over = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(shared_->mutex) {
    return slot->answer.has_value() || shared_->cancelled;
  };
  shared_->mutex.Await(absl::Condition(&over));
  if (shared_->cancelled) return absl::CancelledError("shutting down");
  FAILS_ASSIGN_OR_RETURN(http::Response response, *std::move(slot->answer));
  return FromHttp(std::move(response));
}

void HttpFetcher::Cancel() {
  absl::MutexLock lock(&shared_->mutex);
  shared_->cancelled = true;
}

}  // namespace fails::scraper
