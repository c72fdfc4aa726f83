// SPDX-License-Identifier: Apache-2.0
#include "common/http/client.h"

#include <curl/curl.h>

#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/http/transfer.h"

namespace fails::http {
namespace {

// Polite to one host, and well below what its balancer would call an attack. More transfers to it
// wait their turn.
constexpr long kMaxConnectionsPerHost = 8;
constexpr int kPollMillis = 1000;
constexpr std::size_t kMaxIdle = 64;  // transfers that are kept for the next requests

void InitCurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::runtime_error(curl_easy_strerror(result));
}

}  // namespace

struct Client::Impl {
  explicit Impl(std::string agent);
  ~Impl();

  void Enqueue(Request request, Done done);
  void Loop();
  void StartWaiting();
  std::unique_ptr<Transfer> TakeIdle();
  void FinishDone();
  void CancelAll();

  struct Waiting {
    Request request;
    Done done;
  };

  const std::string user_agent;
  CURLM* multi = nullptr;
  absl::Mutex mutex;
  std::vector<Waiting> waiting ABSL_GUARDED_BY(mutex);
  bool stopping ABSL_GUARDED_BY(mutex) = false;
  // The thread's own.
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> running;
  std::vector<std::unique_ptr<Transfer>> idle;
  std::thread thread;
};

Client::Impl::Impl(std::string agent) : user_agent(std::move(agent)) {
  InitCurl();
  multi = curl_multi_init();
  if (multi == nullptr) throw std::runtime_error("curl_multi_init failed");
  curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, kMaxConnectionsPerHost);
  thread = std::thread([this] { Loop(); });
}

Client::Impl::~Impl() {
  {
    const absl::MutexLock lock(&mutex);
    stopping = true;
  }
  curl_multi_wakeup(multi);
  thread.join();
  curl_multi_cleanup(multi);
}

void Client::Impl::Enqueue(Request request, Done done) {
  bool first = false;
  {
    const absl::MutexLock lock(&mutex);
    first = waiting.empty();
    waiting.push_back({std::move(request), std::move(done)});
  }
  // Whoever was before has woken the thread, which takes all that wait. What its own callbacks add
  // it finds without being told.
  if (first && std::this_thread::get_id() != thread.get_id()) curl_multi_wakeup(multi);
}

void Client::Impl::Loop() {
  const auto running_on = [this] {
    const absl::MutexLock lock(&mutex);
    return !stopping;
  };
  const auto idle = [this] {
    const absl::MutexLock lock(&mutex);
    return waiting.empty();
  };
  while (running_on()) {
    StartWaiting();
    int still_running = 0;
    curl_multi_perform(multi, &still_running);
    FinishDone();
    if (idle()) curl_multi_poll(multi, nullptr, 0, kPollMillis, nullptr);
  }
  CancelAll();
}

void Client::Impl::StartWaiting() {
  std::vector<Waiting> requests;
  {
    const absl::MutexLock lock(&mutex);
    requests.swap(waiting);
  }
  for (Waiting& next : requests) {
    auto transfer = TakeIdle();
    if (const absl::Status status = transfer->Prepare(next.request, next.done); !status.ok()) {
      idle.push_back(std::move(transfer));
      next.done(status);
      continue;
    }
    CURL* easy = transfer->easy();
    curl_multi_add_handle(multi, easy);
    running.emplace(easy, std::move(transfer));
  }
}

std::unique_ptr<Transfer> Client::Impl::TakeIdle() {
  if (idle.empty()) return std::make_unique<Transfer>(user_agent);
  auto transfer = std::move(idle.back());
  idle.pop_back();
  return transfer;
}

void Client::Impl::FinishDone() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode result = message->data.result;
    auto ended = running.extract(message->easy_handle);  // `message` dies with the next call
    curl_multi_remove_handle(multi, ended.key());
    ended.mapped()->Finish(result);
    if (idle.size() < kMaxIdle) idle.push_back(std::move(ended.mapped()));
  }
}

void Client::Impl::CancelAll() {
  const absl::Status cancelled = absl::CancelledError("the HTTP client stops");
  for (auto& [easy, transfer] : running) {
    curl_multi_remove_handle(multi, easy);
    transfer->Finish(cancelled);
  }
  running.clear();
  for (;;) {  // a Done may have asked for more
    std::vector<Waiting> requests;
    {
      const absl::MutexLock lock(&mutex);
      requests.swap(waiting);
    }
    if (requests.empty()) return;
    for (const Waiting& request : requests) request.done(cancelled);
  }
}

Client::Client(std::string user_agent) : impl_(std::make_unique<Impl>(std::move(user_agent))) {}

Client::~Client() = default;

void Client::Fetch(Request request, Done done) {
  impl_->Enqueue(std::move(request), std::move(done));
}

absl::StatusOr<Response> Client::FetchAndWait(Request request) {
  absl::StatusOr<Response> result;
  absl::Notification done;
  Fetch(std::move(request), [&](absl::StatusOr<Response> response) {
    result = std::move(response);
    done.Notify();
  });
  done.WaitForNotification();
  return result;
}

}  // namespace fails::http
