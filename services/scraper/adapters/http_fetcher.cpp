// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/http_fetcher.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace fails::scraper {
namespace {

constexpr std::int64_t kMaxBodyBytes = 16 << 20;
constexpr std::size_t kMaxValidatorBytes = 1024;

// The URL stays, to be compared with the one that answers.
http::Request ToHttp(FetchRequest& request, absl::Duration timeout) {
  http::Request http{.url = request.url, .headers = {}, .timeout = timeout};
  http.max_body_bytes = kMaxBodyBytes;
  http.headers.reserve(3);
  const auto add = [&](const char* name, std::string& value) {
    if (!value.empty()) http.headers.emplace_back(name, std::move(value));
  };
  add("Accept", request.accept);
  add("If-None-Match", request.etag);
  add("If-Modified-Since", request.last_modified);
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
  response.headers = http.headers.All();
  return response;
}

// Where one Get waits. Each has a lock of its own: with one for all, every answer would have every
// Get look whether it is meant.
class Chain {
 public:
  Chain(http::Client& client, std::vector<FetchRequest> requests, absl::Duration timeout,
        absl::Time last_start)
      : client_(client),
        requests_(std::move(requests)),
        timeout_(timeout),
        last_start_(last_start) {}

  // The callbacks hold the chain too: they may come after a cancelled Get has returned.
  static void Begin(const std::shared_ptr<Chain>& chain, std::size_t index) {
    chain->client_.Fetch(ToHttp(chain->requests_[index], chain->timeout_),
                         [chain, index](absl::StatusOr<http::Response> answer) {
                           if (chain->Take(index, std::move(answer))) Begin(chain, index + 1);
                         });
  }

  void End() {
    absl::MutexLock lock(&mutex_);
    ended_ = true;
  }

  RunAnswer Await() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&ended_));
    return std::move(run_);
  }

 private:
  // Whether to go on.
  bool Take(std::size_t index, absl::StatusOr<http::Response> answer) {
    const bool unchanged =
        answer.ok() && answer->status == 304 && answer->effective_url == requests_[index].url;
    absl::MutexLock lock(&mutex_);
    if (ended_) return false;
    if (unchanged) {
      ++run_.unchanged;
    } else if (answer.ok()) {
      run_.other = FromHttp(*std::move(answer));
    } else {
      run_.other = answer.status();
    }
    ended_ = !unchanged || run_.unchanged == requests_.size() || absl::Now() > last_start_;
    return !ended_;
  }

  http::Client& client_;
  std::vector<FetchRequest> requests_;  // what each asks with is given away when it begins
  const absl::Duration timeout_;
  const absl::Time last_start_;
  absl::Mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  RunAnswer run_ ABSL_GUARDED_BY(mutex_);
};

RunAnswer ShuttingDown() {
  return {.unchanged = 0, .other = absl::CancelledError("shutting down")};
}

}  // namespace

struct HttpFetcher::Shared {
  absl::Mutex mutex;
  bool cancelled ABSL_GUARDED_BY(mutex) = false;
  std::set<Chain*> waiting ABSL_GUARDED_BY(mutex);

  bool Enter(Chain* chain) {
    absl::MutexLock lock(&mutex);
    if (!cancelled) waiting.insert(chain);
    return !cancelled;
  }
  // Whether it was cancelled meanwhile.
  bool Leave(Chain* chain) {
    absl::MutexLock lock(&mutex);
    waiting.erase(chain);
    return cancelled;
  }
};

HttpFetcher::HttpFetcher(http::Client& client, absl::Duration timeout)
    : client_(client), timeout_(timeout), shared_(std::make_unique<Shared>()) {}

HttpFetcher::~HttpFetcher() = default;

absl::StatusOr<FetchResponse> HttpFetcher::Get(const FetchRequest& request) {
  RunAnswer run = GetWhileUnchanged({request}, absl::InfiniteFuture());
  if (run.other) return *std::move(run.other);
  return FetchResponse{.status = 304, .url = request.url};
}

RunAnswer HttpFetcher::GetWhileUnchanged(std::vector<FetchRequest> requests,
                                         absl::Time last_start) {
  const auto chain = std::make_shared<Chain>(client_, std::move(requests), timeout_, last_start);
  if (!shared_->Enter(chain.get())) return ShuttingDown();
  Chain::Begin(chain, 0);
  RunAnswer run = chain->Await();
  if (shared_->Leave(chain.get())) return ShuttingDown();
  return run;
}

void HttpFetcher::Cancel() {
  absl::MutexLock lock(&shared_->mutex);
  shared_->cancelled = true;
  for (Chain* chain : shared_->waiting) chain->End();
}

}  // namespace fails::scraper
