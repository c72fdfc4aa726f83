// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/request_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "absl/strings/match.h"
#include "common/base/text.h"

namespace fails::gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;
using Parser = beast_http::request_parser<beast_http::string_body>;
using Outcome = std::variant<Incoming, Refusal, Closed>;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kBufferBytes = 64 << 10;

std::string_view Std(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

bool IsHttpError(const error_code& error) {
  return error.category() == beast_http::make_error_code(beast_http::error::bad_target).category();
}

std::optional<Refusal> CheckSizes(const Parser& parser, const Limits& limits) {
  const auto& message = parser.get();
  if (message.target().size() > limits.target_bytes) {
    return Refusal{414, fmt::format("the target is longer than {} bytes", limits.target_bytes), {}};
  }
  std::size_t fields = 0;
  for (const auto& field : message) {
    ++fields;
    if (field.name_string().size() + field.value().size() > limits.field_bytes) {
      return Refusal{
          431, fmt::format("a header field is longer than {} bytes", limits.field_bytes), {}};
    }
  }
  if (fields > limits.fields) {
    return Refusal{431, fmt::format("more than {} header fields", limits.fields), {}};
  }
  return std::nullopt;
}

// What Beast leaves to its user, all of it known from request smuggling.
std::optional<Refusal> CheckFraming(const Parser& parser) {
  const auto& message = parser.get();
  const bool coded = message.count(beast_http::field::transfer_encoding) > 0;
  if (coded && (!parser.chunked() || message.version() == 10)) {
    return Refusal{400, "this Transfer-Encoding is not understood", {}};
  }
  const std::size_t hosts = message.count(beast_http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() == 11)) {
    return Refusal{400, "a request has exactly one Host field", {}};
  }
  const auto expect = message[beast_http::field::expect];
  if (!expect.empty() && !absl::EqualsIgnoreCase(Absl(Std(expect)), "100-continue")) {
    return Refusal{417, "no expectation but 100-continue is met", {}};
  }
  return std::nullopt;
}

Incoming HeadOf(const Parser& parser, const std::string& client) {
  const auto& message = parser.get();
  Incoming incoming;
  incoming.keep_alive = parser.keep_alive();
  incoming.http_1_0 = message.version() == 10;
  incoming.request.method = Std(message.method_string());
  incoming.request.target = Std(message.target());
  incoming.request.client = client;
  for (const auto& field : message) {
    incoming.request.headers.Add(std::string(Std(field.name_string())),
                                 std::string(Std(field.value())));
  }
  return incoming;
}

Incoming Convert(Parser& parser, const std::string& client) {
  Incoming incoming = HeadOf(parser, client);
  incoming.request.body = std::move(parser.get().body());
  return incoming;
}

}  // namespace

struct RequestReader::Impl {
  asio::ip::tcp::socket& socket;
  Deadline& deadline;
  const Limits& limits;
  RequestHandler& handler;
  const std::string client;
  boost::beast::flat_buffer buffer{kBufferBytes};
  std::optional<Parser> parser{};
  bool busy = false;
  std::uint64_t body_bytes = limits.body_bytes;  // of the present request

  Outcome Refuse(Refusal refusal) const {
    refusal.client = client;
    return refusal;
  }

  // An error of the socket or of the parser, as an answer where there is somebody to answer.
  Outcome OutcomeOf(const error_code& error) const {
    if (deadline.expired()) return Refuse({408, "the request did not arrive in time", {}});
    if (error == beast_http::error::end_of_stream || !IsHttpError(error)) return Closed{};
    if (error == beast_http::error::partial_message) {
      return Refuse({400, "the request ended before it was complete", {}});
    }
    if (error == beast_http::error::body_limit) {
      return Refuse({413, fmt::format("the body is longer than {} bytes", body_bytes), {}});
    }
    if (error == beast_http::error::header_limit || error == beast_http::error::buffer_overflow) {
      // Without a complete request line it is the target that has no end.
      if (parser->get().target().empty()) return Refuse({414, "the request line is too long", {}});
      return Refuse(
          {431, fmt::format("the header is longer than {} bytes", limits.header_bytes), {}});
    }
    return Refuse({400, fmt::format("this is no HTTP request: {}", error.message()), {}});
  }

  Task<bool> AwaitFirstByte(absl::Duration idle) {
    if (buffer.size() > 0) co_return true;
    deadline.Arm(idle);
    auto [error, bytes] = co_await socket.async_read_some(buffer.prepare(4096), kAwait);
    deadline.Disarm();
    buffer.commit(bytes);
    co_return !error;
  }

  // Chooses the limit for the body to come.
  std::optional<Refusal> CheckBody() {
    const Incoming head = HeadOf(*parser, client);
    if (auto rule = handler.RuleForBody(head.request)) {
      if (rule->refusal) return rule->refusal;
      body_bytes = rule->max_bytes;
    }
    const auto length = parser->content_length();
    if (length && *length > body_bytes) {
      return Refusal{413, fmt::format("the body is longer than {} bytes", body_bytes), {}};
    }
    parser->body_limit(body_bytes);
    return std::nullopt;
  }

  Task<Outcome> Read() {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser->body_limit(boost::none);  // before there is a head to ask about
    body_bytes = limits.body_bytes;
    deadline.Arm(limits.header_timeout);
    auto [header_error, header_bytes] =
        co_await beast_http::async_read_header(socket, buffer, *parser, kAwait);
    if (header_error) co_return OutcomeOf(header_error);
    if (auto refusal = CheckSizes(*parser, limits)) co_return Refuse(*std::move(refusal));
    if (auto refusal = CheckFraming(*parser)) co_return Refuse(*std::move(refusal));
    if (!parser->is_done()) {
      if (auto refusal = CheckBody()) co_return Refuse(*std::move(refusal));
      // Who may send more gets more time.
      deadline.Arm(limits.body_timeout * std::max(1.0, static_cast<double>(body_bytes) /
                                                           static_cast<double>(limits.body_bytes)));
      if (parser->get().count(beast_http::field::expect) > 0) {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        auto [write_error, written] =
            co_await asio::async_write(socket, asio::buffer(kContinue), kAwait);
        if (write_error) co_return OutcomeOf(write_error);
      }
      auto [body_error, body_bytes] =
          co_await beast_http::async_read(socket, buffer, *parser, kAwait);
      if (body_error) co_return OutcomeOf(body_error);
    }
    co_return Convert(*parser, client);
  }
};

RequestReader::RequestReader(asio::ip::tcp::socket& socket, Deadline& deadline,
                             const Limits& limits, RequestHandler& handler, std::string client)
    : impl_(new Impl{.socket = socket,
                     .deadline = deadline,
                     .limits = limits,
                     .handler = handler,
                     .client = std::move(client)}) {}
RequestReader::~RequestReader() = default;

Task<Outcome> RequestReader::Next(absl::Duration idle) {
  if (!co_await impl_->AwaitFirstByte(idle)) co_return Closed{};
  impl_->busy = true;
  Outcome outcome = co_await impl_->Read();
  impl_->deadline.Disarm();
  impl_->busy = false;
  co_return outcome;
}

bool RequestReader::busy() const {
  return impl_->busy;
}
bool RequestReader::has_pending() const {
  return impl_->buffer.size() > 0;
}

}  // namespace fails::gateway::http
