// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/http_fetcher.h"

#include <algorithm>
#include <optional>
#include <set>
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

// Where one Get waits. Each has a lock of its own: with one for all, every answer would have every
// Get look whether it is meant.
struct Slot {
  absl::Mutex mutex;
  std::optional<absl::StatusOr<http::Response>> answer ABSL_GUARDED_BY(mutex);

  // The first answer counts.
  void Give(absl::StatusOr<http::Response> given) {
    absl::MutexLock lock(&mutex);
    if (!answer) answer = std::move(given);
  }
  absl::StatusOr<http::Response> Await() {
    absl::MutexLock lock(&mutex);
    const auto there = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) { return answer.has_value(); };
    mutex.Await(absl::Condition(&there));
    return *std::move(answer);
  }
};

absl::Status ShuttingDown() {
  return absl::CancelledError("shutting down");
}

}  // namespace

struct HttpFetcher::Shared {
  absl::Mutex mutex;
  bool cancelled ABSL_GUARDED_BY(mutex) = false;
  std::set<Slot*> waiting ABSL_GUARDED_BY(mutex);

  bool Enter(Slot* slot) {
    absl::MutexLock lock(&mutex);
    if (!cancelled) waiting.insert(slot);
    return !cancelled;
  }
  // Whether it was cancelled meanwhile.
  bool Leave(Slot* slot) {
    absl::MutexLock lock(&mutex);
    waiting.erase(slot);
    return cancelled;
  }
};

HttpFetcher::HttpFetcher(http::Client& client, absl::Duration timeout)
    : client_(client), timeout_(timeout), shared_(std::make_unique<Shared>()) {}

HttpFetcher::~HttpFetcher() = default;

absl::StatusOr<FetchResponse> HttpFetcher::Get(const FetchRequest& request) {
  // Also held by the client's callback, which may come after a cancelled Get has returned.
  const auto slot = std::make_shared<Slot>();
  if (!shared_->Enter(slot.get())) return ShuttingDown();
  client_.Fetch(ToHttp(request, timeout_),
                [slot](absl::StatusOr<http::Response> answer) { slot->Give(std::move(answer)); });
  absl::StatusOr<http::Response> answer = slot->Await();
  if (shared_->Leave(slot.get())) return ShuttingDown();
  FAILS_ASSIGN_OR_RETURN(http::Response response, std::move(answer));
  return FromHttp(std::move(response));
}

void HttpFetcher::Cancel() {
  absl::MutexLock lock(&shared_->mutex);
  shared_->cancelled = true;
  for (Slot* slot : shared_->waiting) slot->Give(ShuttingDown());
}

}  // namespace fails::scraper
