// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/server.h"

#include <httplib.h>

#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"

namespace fails::simulator {
namespace {

// A worker owns a connection for as long as it is kept alive, so there are more of them than a
// poller has connections.
constexpr std::size_t kWorkers = 64;
constexpr std::size_t kRequestsPerConnection = 1000;
constexpr std::size_t kLongestBody = 1 << 20;

Request FromLibrary(const httplib::Request& from) {
  Request request;
  request.method = from.method == "HEAD" ? "GET" : from.method;
  SplitTarget(from.path, request);
  for (const auto& [name, value] : from.params) request.query.emplace(name, value);
  for (const auto& [name, value] : from.headers) {
    request.headers.emplace(absl::AsciiStrToLower(name), value);
  }
  request.body = from.body;
  return request;
}

void ToLibrary(Response from, httplib::Response& to) {
  to.status = from.status;
  for (const auto& [name, value] : from.headers) to.set_header(name, value);
  if (!from.cut_after) {
    if (!from.content_type.empty()) to.set_content(from.body, from.content_type);
    return;
  }
  const std::size_t announced = from.body.size();
  to.set_content_provider(announced, from.content_type,
                          [part = from.body.substr(0, *from.cut_after)](
                              std::size_t offset, std::size_t, httplib::DataSink& sink) {
                            if (offset == 0) sink.write(part.data(), part.size());
                            return false;  // the library closes the connection
                          });
}

}  // namespace

void SplitTarget(const std::string& target, Request& request) {
  const std::size_t begin = target.find_first_not_of('/');
  if (begin == std::string::npos) return;
  const std::size_t end = target.find('/', begin);
  request.host = target.substr(begin, end == std::string::npos ? end : end - begin);
  request.path = end == std::string::npos ? "/" : target.substr(end);
}

struct HttpServer::Impl {
  httplib::Server server;
  std::thread listener;
  absl::Notification stopping;
};

HttpServer::HttpServer() : impl_(std::make_unique<Impl>()) {}

HttpServer::~HttpServer() {
  Stop();
}

absl::StatusOr<int> HttpServer::Start(const std::string& address, int port, Handler handler) {
  httplib::Server& server = impl_->server;
  server.new_task_queue = [] {
    return new httplib::ThreadPool(kWorkers);
  };  // the library deletes it
  server.set_keep_alive_max_count(kRequestsPerConnection);
  server.set_payload_max_length(kLongestBody);
  server.set_tcp_nodelay(true);
  // The library's default shares a port with whoever else asks for it.
  server.set_socket_options([](int socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  const auto answer = [handler = std::move(handler)](const httplib::Request& from,
                                                     httplib::Response& to) {
    ToLibrary(handler(FromLibrary(from)), to);
  };
  // Before routing, because the library's routes are regular expressions that recurse on long
  // paths. Only what has a body is routed: it is read by then.
  server.set_pre_routing_handler([answer](const httplib::Request& from, httplib::Response& to) {
    const bool has_body = from.method == "POST" || from.method == "PUT" || from.method == "PATCH";
    if (has_body) return httplib::Server::HandlerResponse::Unhandled;
    answer(from, to);
    return httplib::Server::HandlerResponse::Handled;
  });
  server.Post("/_control/.*", answer);

  const bool any = port == 0;
  if (any) port = server.bind_to_any_port(address);
  if (any ? port <= 0 : !server.bind_to_port(address, port)) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ":", port));
  }
  impl_->listener = std::thread([&server] { server.listen_after_bind(); });
  // The library forgets a stop that comes before this.
  while (!server.is_running()) std::this_thread::yield();
  return port;
}

void HttpServer::Stop() {
  if (impl_->stopping.HasBeenNotified()) return;
  impl_->stopping.Notify();
  if (!impl_->listener.joinable()) return;
  impl_->server.stop();
  impl_->listener.join();
}

void HttpServer::Pause(absl::Duration delay) {
  impl_->stopping.WaitForNotificationWithTimeout(delay);
}

}  // namespace fails::simulator
