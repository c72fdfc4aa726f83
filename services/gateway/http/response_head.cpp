// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/response_head.h"

#include <fmt/format.h>

namespace fails::gateway::http {
namespace {

void AppendField(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  for (const char c : value) head.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
  head.append("\r\n");
}

}  // namespace

std::string ResponseHead(const Response& response, const Framing& framing, absl::Time now) {
  std::string head =
      fmt::format("HTTP/1.1 {} {}\r\n", response.status, ReasonPhrase(response.status));
  AppendField(head, "Date",
              absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", now, absl::UTCTimeZone()));
  for (const auto& [name, value] : response.headers) AppendField(head, name, value);
  if (response.stream) {
    if (framing.chunked) AppendField(head, "Transfer-Encoding", "chunked");
  } else if (response.status != 204 && response.status != 304) {
    AppendField(head, "Content-Length", std::to_string(response.body ? response.body->size() : 0));
  }
  AppendField(head, "Connection", framing.keep_alive ? "keep-alive" : "close");
  head.append("\r\n");
  return head;
}

}  // namespace fails::gateway::http
