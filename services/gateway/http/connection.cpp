// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/connection.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>

#include "services/gateway/http/response_head.h"

namespace fails::gateway::http {
namespace {

namespace asio = boost::asio;
// NOLINTNEXTLINE(misc-unused-using-decls): operator|| below
using namespace asio::experimental::awaitable_operators;
using boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kPieceBytes = 256 << 10;

std::string AddressOf(const asio::ip::tcp::socket& socket) {
  error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  return error ? "unknown" : endpoint.address().to_string();
}

// Ends by cancellation only.
Task<void> Never() {
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, const Limits& limits, RequestHandler& handler)
    : socket_(std::move(socket)),
      limits_(limits),
      handler_(handler),
      client_(AddressOf(socket_)),
      deadline_(socket_),
      reader_(socket_, deadline_, limits_, handler_, client_) {}

void Connection::Start(bool over_limit, std::function<void()> done) {
  error_code ignored;  // a connection without it is only slower
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  asio::co_spawn(
      socket_.get_executor(),
      [self = shared_from_this(), over_limit] { return self->Run(over_limit); },
      asio::bind_cancellation_slot(
          cancel_.slot(), [self = shared_from_this(), done = std::move(done)](std::exception_ptr) {
            error_code ignored;
            self->socket_.close(ignored);
            done();
          }));
}

void Connection::Drain() {
  draining_ = true;
  const bool idle = phase_ == Phase::kReading && !reader_.busy();
  if (idle || phase_ == Phase::kStreaming) Abort();
}

void Connection::Abort() {
  draining_ = true;
  cancel_.emit(asio::cancellation_type::terminal);
}

Task<void> Connection::Run(bool over_limit) {
  try {
    if (over_limit) {
      Refusal refusal{503, "too many connections are open", client_};
      co_await Send(handler_.Refuse(refusal), false, false);
      co_await Linger();
    } else {
      co_await Serve();
    }
  } catch (const boost::system::system_error& error) {
    spdlog::debug("connection of {} ended: {}", client_, error.what());
  } catch (const asio::multiple_exceptions&) {
    // Answer and watcher were both cancelled: the gateway stops.
    spdlog::debug("connection of {} was cut off", client_);
  } catch (const std::exception& error) {
    spdlog::error("connection of {} failed: {}", client_, error.what());
  }
}

Task<void> Connection::Serve() {
  absl::Duration idle = limits_.header_timeout;
  bool again = true;
  while (again && !draining_) {
    phase_ = Phase::kReading;
    auto outcome = co_await reader_.Next(idle);
    if (std::holds_alternative<Closed>(outcome)) co_return;
    again = co_await ServeOne(std::move(outcome));
    idle = limits_.idle_timeout;
  }
  co_await Linger();
}

// Whether the connection can take another request.
Task<bool> Connection::ServeOne(std::variant<Incoming, Refusal, Closed> outcome) {
  phase_ = Phase::kAnswering;
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    co_return co_await Send(handler_.Refuse(*refusal), false, false);
  }
  const Incoming& incoming = std::get<Incoming>(outcome);
  std::optional<Response> response;
  co_await (Answer(incoming.request, response) || UntilClientGone());
  if (!response) {
    spdlog::debug("{} left before the answer", client_);
    co_return false;
  }
  co_return co_await Send(*std::move(response), incoming.keep_alive && !draining_,
                          incoming.http_1_0);
}

// The result goes to where it is not lost when both sides of || are through at once: a client that
// has stopped sending still gets an answer that was ready.
Task<void> Connection::Answer(const Request& request, std::optional<Response>& response) {
  response = co_await handler_.Handle(request);
}

Task<bool> Connection::Send(Response response, bool keep_alive, bool http_1_0) {
  const bool streams = response.stream != nullptr && !response.omit_body;
  const bool chunked = streams && !http_1_0;
  keep_alive = keep_alive && !response.stream;
  const std::string head =
      ResponseHead(response, {.keep_alive = keep_alive, .chunked = chunked}, absl::Now());
  if (streams) {
    if (!co_await WriteAll(head)) co_return false;
    phase_ = Phase::kStreaming;
    co_await (SendStream(*response.stream, chunked) || UntilStreamClientGone());
    co_return false;
  }
  const std::string_view body =
      response.body && !response.omit_body ? std::string_view(*response.body) : std::string_view();
  if (body.size() <= kPieceBytes) {
    const std::array<asio::const_buffer, 2> whole = {asio::buffer(head), asio::buffer(body)};
    deadline_.Arm(limits_.write_timeout);
    auto [error, written] = co_await asio::async_write(socket_, whole, kAwait);
    deadline_.Disarm();
    co_return !error && keep_alive;
  }
  if (!co_await WriteAll(head)) co_return false;
  if (!co_await WriteAll(body)) co_return false;
  co_return keep_alive;
}

// Piece by piece, so that the time allowed grows with the size.
Task<bool> Connection::WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPieceBytes);
    deadline_.Arm(limits_.write_timeout);
    auto [error, written] = co_await asio::async_write(socket_, asio::buffer(piece), kAwait);
    deadline_.Disarm();
    if (error) co_return false;
    bytes.remove_prefix(piece.size());
  }
  co_return true;
}

Task<void> Connection::SendStream(BodyStream& stream, bool chunked) {
  for (;;) {
    const SharedBytes piece = co_await stream.Next();
    if (!piece) break;
    const std::string size = chunked ? fmt::format("{:x}\r\n", piece->size()) : std::string();
    const std::array<asio::const_buffer, 3> buffers = {asio::buffer(size), asio::buffer(*piece),
                                                       asio::buffer("\r\n", chunked ? 2 : 0)};
    deadline_.Arm(limits_.write_timeout);
    auto [error, written] = co_await asio::async_write(socket_, buffers, kAwait);
    deadline_.Disarm();
    if (error) {
      if (deadline_.expired()) stream.Stalled();
      co_return;
    }
  }
  if (stream.broken()) {
    // A reset, not an orderly end: to an HTTP/1.0 client the latter would be the end of the body.
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  } else if (chunked) {
    co_await WriteAll("0\r\n\r\n");
  }
}

// Ends when the client has closed. What it sends ahead (pipelining) hides that: then it never ends
// by itself.
Task<void> Connection::UntilClientGone() {
  if (!reader_.has_pending()) {
    co_await socket_.async_wait(asio::ip::tcp::socket::wait_read, asio::use_awaitable);
    char byte;
    const ssize_t got = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) co_return;
  }
  co_await Never();
}

// The same during a stream, which is the last answer of a connection: whatever else the client
// sends is read away.
Task<void> Connection::UntilStreamClientGone() {
  std::array<char, 1024> ignored;
  for (;;) {
    auto [error, bytes] = co_await socket_.async_read_some(asio::buffer(ignored), kAwait);
    // A write that timed out cancels this read too; then the writing side ends the stream.
    if (error == asio::error::operation_aborted) break;
    if (error) co_return;
  }
  co_await Never();
}

// Closing a socket with unread input makes the kernel reset the connection, and the client could
// lose our last answer. So: say that nothing more comes, and read away what the client still sends,
// for a while.
Task<void> Connection::Linger() {
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error) co_return;
  constexpr std::size_t kMostBytes = 4 << 20;
  std::array<char, 16 << 10> ignored;
  deadline_.Arm(limits_.linger_timeout);
  for (std::size_t total = 0; total < kMostBytes;) {
    auto [read_error, bytes] = co_await socket_.async_read_some(asio::buffer(ignored), kAwait);
    if (read_error) break;
    total += bytes;
  }
  deadline_.Disarm();
}

}  // namespace fails::gateway::http
