// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/tests/page_server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/base/hash.h"

namespace fails::scraper {

struct PageServer::Impl {
  void Answer(const httplib::Request& request, httplib::Response& response);
  Document Take(const httplib::Request& request);

  httplib::Server server;
  int port = 0;
  std::thread thread;
  mutable absl::Mutex mutex;
  std::map<std::string, Document> documents ABSL_GUARDED_BY(mutex);
  std::vector<Seen> seen ABSL_GUARDED_BY(mutex);
  int at_once ABSL_GUARDED_BY(mutex) = 0;
  int most ABSL_GUARDED_BY(mutex) = 0;
};

PageServer::Document PageServer::Impl::Take(const httplib::Request& request) {
  absl::MutexLock lock(&mutex);
  seen.push_back({request.path, request.get_header_value("If-None-Match"),
                  request.get_header_value("User-Agent")});
  most = std::max(most, ++at_once);
  const auto it = documents.find(request.path);
  if (it == documents.end()) return {.status = 404};
  mutex.Await(absl::Condition(
      +[](Document* document) { return !document->hang; }, &it->second));
  return it->second;
}

void PageServer::Impl::Answer(const httplib::Request& request, httplib::Response& response) {
  const Document document = Take(request);
  const std::string etag = fmt::format("\"{}\"", ToHex(Sha256(document.body)).substr(0, 16));
  response.status = document.status;
  if (!document.location.empty()) response.set_header("Location", document.location);
  if (!document.retry_after.empty()) response.set_header("Retry-After", document.retry_after);
  if (document.status == 200 && document.etag) response.set_header("ETag", etag);
  if (document.status == 200 && document.etag &&
      request.get_header_value("If-None-Match") == etag) {
    response.status = 304;
  } else {
    response.set_content(document.body, document.content_type);
  }
  absl::MutexLock lock(&mutex);
  --at_once;
}

PageServer::PageServer() : impl_(std::make_unique<Impl>()) {
  impl_->server.new_task_queue = [] { return new httplib::ThreadPool(16); };
  impl_->server.set_keep_alive_max_count(1'000'000);
  impl_->server.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
    impl_->Answer(request, response);
  });
  impl_->server.set_tcp_nodelay(true);  // else every answer waits 40 ms for an ACK
  impl_->port = impl_->server.bind_to_any_port("127.0.0.1");
  if (impl_->port <= 0) throw std::runtime_error("no port for the page server");
  impl_->thread = std::thread([this] { impl_->server.listen_after_bind(); });
}

PageServer::~PageServer() {
  Release();
  impl_->server.stop();
  impl_->thread.join();
}

std::string PageServer::url() const {
  return fmt::format("http://127.0.0.1:{}", impl_->port);
}

void PageServer::Set(const std::string& path, Document document) {
  absl::MutexLock lock(&impl_->mutex);
  impl_->documents[path] = std::move(document);
}

void PageServer::Release() {
  absl::MutexLock lock(&impl_->mutex);
  for (auto& [path, document] : impl_->documents) document.hang = false;
}

std::vector<PageServer::Seen> PageServer::Requests() const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->seen;
}

int PageServer::Count(const std::string& path) const {
  const auto requests = Requests();
  return static_cast<int>(std::ranges::count(requests, path, &Seen::path));
}

int PageServer::MostAtOnce() const {
  absl::MutexLock lock(&impl_->mutex);
  return impl_->most;
}

}  // namespace fails::scraper
