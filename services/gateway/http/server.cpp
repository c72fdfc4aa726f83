// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "services/gateway/http/connection.h"

namespace fails::gateway::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
// Connections over the limit that are told so with 503; beyond these they are closed without a
// word.
constexpr int kPoliteRefusals = 64;

// How many connections are open. Thread-safe.
class OpenCount {
 public:
  // How many there were before.
  int Add() {
    const absl::MutexLock lock(&mutex_);
    return count_++;
  }
  void Remove() {
    const absl::MutexLock lock(&mutex_);
    --count_;
  }
  int Get() const {
    const absl::MutexLock lock(&mutex_);
    return count_;
  }
  // False when some are still open at the deadline.
  bool AwaitNone(absl::Time deadline) const {
    const auto none = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return count_ == 0; };
    const absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithDeadline(absl::Condition(&none), deadline);
  }

 private:
  mutable absl::Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

// An event loop and its connections. `connections` belongs to the loop's thread.
struct Loop {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::set<std::shared_ptr<Connection>> connections;
  bool draining = false;
  std::thread thread;
};

absl::StatusOr<tcp::endpoint> Resolve(asio::io_context& context, const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) {
    return absl::InvalidArgumentError(fmt::format("'{}' is not host:port", address));
  }
  error_code error;
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(address.substr(0, colon), address.substr(colon + 1),
                                      tcp::resolver::passive, error);
  if (error || found.empty()) {
    return absl::UnavailableError(fmt::format("cannot resolve {}: {}", address, error.message()));
  }
  return found.begin()->endpoint();
}

absl::Status Listen(tcp::acceptor& acceptor, const tcp::endpoint& endpoint,
                    const std::string& address) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(fmt::format("cannot listen on {}: {}", address, error.message()));
}

}  // namespace

struct Server::Impl {
  Options options;
  RequestHandler& handler;
  std::vector<std::unique_ptr<Loop>> loops{};
  std::unique_ptr<tcp::acceptor> acceptor{};
  int port = 0;
  OpenCount open;
  absl::Mutex stop_mutex{};
  bool stopped = false;

  // One acceptor and not one for each thread with SO_REUSEPORT: that option would let a second
  // gateway of the same user bind the same port without a word, and take half of the connections.
  Task<void> Accept() {
    std::size_t next = 0;
    for (;;) {
      Loop& loop = *loops[next];
      auto [error, socket] = co_await acceptor->async_accept(loop.context, kAwait);
      if (error == asio::error::operation_aborted || !acceptor->is_open()) co_return;
      if (error) {
        // Out of file descriptors, mostly: wait for some to come back instead of spinning.
        spdlog::warn("cannot accept a connection: {}", error.message());
        asio::steady_timer pause(co_await asio::this_coro::executor, std::chrono::milliseconds(50));
        co_await pause.async_wait(kAwait);
        continue;
      }
      Admit(loop, std::move(socket));
      next = (next + 1) % loops.size();
    }
  }

  void Admit(Loop& loop, tcp::socket socket) {
    const int before = open.Add();
    if (before >= options.limits.connections + kPoliteRefusals) {
      open.Remove();
      return;
    }
    const bool over_limit = before >= options.limits.connections;
    auto connection = std::make_shared<Connection>(std::move(socket), options.limits, handler);
    asio::post(loop.context, [this, &loop, connection = std::move(connection), over_limit] {
      loop.connections.insert(connection);
      connection->Start(over_limit, [this, &loop, connection] {
        loop.connections.erase(connection);
        open.Remove();
      });
      if (loop.draining) connection->Drain();
    });
  }

  void ForEach(void (Connection::*method)()) {
    for (const auto& loop : loops) {
      asio::post(loop->context, [method, loop = loop.get()] {
        loop->draining = true;
        for (const auto& connection : loop->connections) (connection.get()->*method)();
      });
    }
  }

  bool AwaitNone(absl::Time deadline) const { return open.AwaitNone(deadline); }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() {
  Stop(absl::Now());
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Options& options,
                                                      RequestHandler& handler) {
  std::unique_ptr<Impl> impl(new Impl{.options = options, .handler = handler});
  for (int i = 0; i < options.threads; ++i) impl->loops.push_back(std::make_unique<Loop>());
  asio::io_context& first = impl->loops.front()->context;

  auto endpoint = Resolve(first, options.address);
  if (!endpoint.ok()) return endpoint.status();
  impl->acceptor = std::make_unique<tcp::acceptor>(first);
  if (auto status = Listen(*impl->acceptor, *endpoint, options.address); !status.ok()) {
    return status;
  }
  impl->port = impl->acceptor->local_endpoint().port();

  asio::co_spawn(
      first, [impl = impl.get()] { return impl->Accept(); }, asio::detached);
  for (const auto& loop : impl->loops) {
    loop->thread = std::thread([loop = loop.get()] { loop->context.run(); });
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const {
  return impl_->port;
}
int Server::connections() const {
  return impl_->open.Get();
}

void Server::Stop(absl::Time deadline) {
  absl::MutexLock lock(&impl_->stop_mutex);
  if (impl_->stopped) return;
  impl_->stopped = true;
  asio::post(impl_->loops.front()->context, [this] {
    error_code ignored;  // closing what is closed
    impl_->acceptor->close(ignored);
  });
  impl_->ForEach(&Connection::Drain);
  if (!impl_->AwaitNone(deadline)) {
    spdlog::warn("{} connections are cut off", impl_->open.Get());
    impl_->ForEach(&Connection::Abort);
  }
  // The loops end by themselves once nothing is under way: everything a connection waits for can be
  // cancelled.
  for (const auto& loop : impl_->loops) loop->work.reset();
  for (const auto& loop : impl_->loops) loop->thread.join();
}

}  // namespace fails::gateway::http
