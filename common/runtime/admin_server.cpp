// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/admin_server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "common/obs/json_text.h"
#include "common/obs/metrics.h"

namespace fails::runtime {
namespace {

constexpr int kThreads = 4;

struct HostPort {
  std::string host;
  int port;
};

HostPort Split(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos)
    throw std::runtime_error(fmt::format("\"{}\" is not host:port", address));
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {std::move(host), std::stoi(address.substr(colon + 1))};
}

std::string ToJson(const Readiness::Report& report) {
  std::string names;
  for (const std::string& name : report.waiting_for) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ",", obs::EscapeJson(name));
  }
  return fmt::format(R"({{"ready":{},"waiting_for":[{}]}})", report.ready, names);
}

// httplib's own options add SO_REUSEPORT, with which two processes would share the port in silence.
void SetSocketOptions(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

struct AdminServer::Impl {
  httplib::Server server;
  std::string address;
  std::thread thread;
};

AdminServer::AdminServer(const std::string& address, std::function<Readiness::Report()> readiness)
    : impl_(std::make_unique<Impl>()) {
  httplib::Server& server = impl_->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };  // httplib deletes it
  server.set_keep_alive_max_count(1);  // an idle connection would hold one of the few threads
  server.set_read_timeout(std::chrono::seconds(2));
  server.set_write_timeout(std::chrono::seconds(5));
  server.set_payload_max_length(1024);
  server.set_socket_options(SetSocketOptions);

  server.Get("/healthz", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("ok\n", "text/plain");
  });
  server.Get("/readyz", [readiness = std::move(readiness)](const httplib::Request&,
                                                           httplib::Response& response) {
    const Readiness::Report report = readiness();
    response.status = report.ready ? 200 : 503;
    response.set_content(ToJson(report), "application/json");
  });
  server.Get("/metrics", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(obs::RenderMetrics(), "text/plain; version=0.0.4; charset=utf-8");
  });

  const HostPort wanted = Split(address);
  int port = wanted.port;
  const bool bound = port == 0 ? (port = server.bind_to_any_port(wanted.host)) > 0
                               : server.bind_to_port(wanted.host, port);
  if (!bound) {
    throw std::runtime_error(fmt::format(
        "cannot listen for the admin port on {}: in use, or not an address of this machine",
        address));
  }
  impl_->address = fmt::format("{}:{}", address.substr(0, address.rfind(':')), port);
  impl_->thread = std::thread([&server] { server.listen_after_bind(); });
  // stop() does nothing to a server that does not run yet.
  while (!server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

AdminServer::~AdminServer() {
  if (!impl_->thread.joinable()) return;
  impl_->server.stop();
  impl_->thread.join();
}

const std::string& AdminServer::address() const {
  return impl_->address;
}

}  // namespace fails::runtime
