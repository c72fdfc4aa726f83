// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/tests/http_client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "absl/strings/ascii.h"

namespace fails::gateway {
namespace {

constexpr int kPatienceMs = 30'000;

}  // namespace

std::string HttpAnswer::Header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

HttpConnection::HttpConnection(int port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd_ < 0 || connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::system_error(errno, std::generic_category(), "connect");
  }
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

HttpConnection::~HttpConnection() {
  close(fd_);
}

bool HttpConnection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void HttpConnection::EndSending() {
  shutdown(fd_, SHUT_WR);
}

bool HttpConnection::Fill() {
  pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
  if (poll(&waiting, 1, kPatienceMs) <= 0) return false;
  std::array<char, 16 << 10> bytes;
  const ssize_t got = recv(fd_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

bool HttpConnection::FillTo(std::size_t size) {
  while (buffer_.size() < size) {
    if (!Fill()) return false;
  }
  return true;
}

std::optional<std::string> HttpConnection::TakeLine() {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (!Fill()) return std::nullopt;
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::optional<HttpAnswer> HttpConnection::ReadHead() {
  const auto status = TakeLine();
  if (!status || !status->starts_with("HTTP/1.1 ")) return std::nullopt;
  HttpAnswer answer;
  answer.status = std::atoi(status->substr(9, 3).c_str());
  for (;;) {
    const auto line = TakeLine();
    if (!line) return std::nullopt;
    if (line->empty()) return answer;
    const std::size_t colon = line->find(": ");
    answer.headers[absl::AsciiStrToLower(line->substr(0, colon))] = line->substr(colon + 2);
  }
}

std::optional<HttpAnswer> HttpConnection::Read(bool to_head) {
  auto answer = ReadHead();
  if (!answer || to_head || answer->status == 204 || answer->status == 304) return answer;
  if (answer->Header("transfer-encoding") == "chunked") {
    auto body = ReadBody();
    if (!body) return std::nullopt;
    answer->body = *std::move(body);
    return answer;
  }
  const std::size_t length = std::strtoul(answer->Header("content-length").c_str(), nullptr, 10);
  if (!FillTo(length)) return std::nullopt;
  answer->body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::optional<std::string> HttpConnection::TakeChunk() {
  const auto line = TakeLine();
  if (!line) return std::nullopt;
  const std::size_t size = std::strtoul(line->c_str(), nullptr, 16);
  if (!FillTo(size + 2)) return std::nullopt;
  std::string chunk = buffer_.substr(0, size);
  buffer_.erase(0, size + 2);
  return chunk;
}

std::string HttpConnection::ReadChunk() {
  return TakeChunk().value_or("");
}

std::optional<std::string> HttpConnection::ReadBody() {
  std::string body;
  for (;;) {
    const auto chunk = TakeChunk();
    if (!chunk) return std::nullopt;
    if (chunk->empty()) return body;
    body += *chunk;
  }
}

bool HttpConnection::ReadEnd() {
  return buffer_.empty() && !Fill() && buffer_.empty();
}

std::optional<HttpAnswer> Get(int port, std::string_view target, std::string_view fields,
                              std::string_view method) {
  HttpConnection connection(port);
  connection.Send(fmt::format("{} {} HTTP/1.1\r\nHost: test\r\n{}\r\n", method, target, fields));
  return connection.Read(method == "HEAD");
}

}  // namespace fails::gateway
