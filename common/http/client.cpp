// SPDX-License-Identifier: Apache-2.0
#include "common/http/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/http/transfer.h"

namespace fails::http {
namespace {

// Polite to one host, and well below what its balancer would call an attack. More transfers to it
// wait their turn.
constexpr long kMaxConnectionsPerHost = 8;
constexpr int kPollMillis = 1000;

void InitCurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::runtime_error(curl_easy_strerror(result));
}

}  // namespace

std::string Response::Header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? std::string() : found->second;
}

struct Client::Impl {
  explicit Impl(std::string agent);
  ~Impl();

  void Enqueue(Request request, Done done);
  void Loop();
  void StartWaiting();
  void FinishDone();
  void CancelAll();

  struct Waiting {
    Request request;
    Done done;
  };

  const std::string user_agent;
  CURLM* multi = nullptr;
  absl::Mutex mutex;
  std::deque<Waiting> waiting ABSL_GUARDED_BY(mutex);
  bool stopping ABSL_GUARDED_BY(mutex) = false;
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> running;  // the thread's own
  EasyHandles handles;                                           // likewise
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
  std::deque<Waiting> requests;
  {
    const absl::MutexLock lock(&mutex);
    requests.swap(waiting);
  }
  for (Waiting& next : requests) {
    auto transfer = Transfer::Make(next.request, user_agent, std::move(next.done), handles);
    if (transfer == nullptr) continue;
    CURL* easy = transfer->easy();
    curl_multi_add_handle(multi, easy);
    running.emplace(easy, std::move(transfer));
  }
}

void Client::Impl::FinishDone() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode result = message->data.result;
    auto ended = running.extract(message->easy_handle);  // `message` dies with the next call
    curl_multi_remove_handle(multi, ended.key());
    ended.mapped()->Finish(result);
    handles.GiveBack(ended.mapped()->TakeEasy());
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
    std::deque<Waiting> requests;
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
