// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routing/target.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

namespace fails::gateway::routing {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

absl::StatusOr<Query> ParseQuery(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const bool has_value = equals != std::string_view::npos;
    FAILS_ASSIGN_OR_RETURN(std::string name, PercentDecode(pair.substr(0, equals), true));
    FAILS_ASSIGN_OR_RETURN(
        std::string value,
        PercentDecode(has_value ? pair.substr(equals + 1) : std::string_view(), true));
    query.emplace_back(std::move(name), std::move(value));
  }
  return query;
}

// "http://host/path" -> "/path", which a server must understand (RFC 9112, 3.2.2).
std::string_view WithoutAuthority(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(Absl(text), Absl(scheme))) continue;
    const std::size_t path = text.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    if (text[path] == '/') return text.substr(path);
  }
  return text;
}

}  // namespace

std::string Target::Path() const {
  std::string path;
  for (const std::string& segment : segments) path.append("/").append(segment);
  return path;
}

absl::StatusOr<std::string> PercentDecode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = text.size() - i > 2 ? HexDigit(text[i + 1]) : -1;
      const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
      if (low < 0) return absl::InvalidArgumentError("the target's percent-encoding is broken");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (IsControl(c)) return absl::InvalidArgumentError("the target holds a control character");
    decoded.push_back(c);
  }
  if (RepairUtf8(decoded) != decoded) {
    return absl::InvalidArgumentError("the target does not decode to UTF-8");
  }
  return decoded;
}

absl::StatusOr<Target> ParseTarget(std::string_view text) {
  const auto visible = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  if (!std::all_of(text.begin(), text.end(), visible)) {
    return absl::InvalidArgumentError("the target holds a character that must be percent-encoded");
  }
  text = WithoutAuthority(text);
  if (!text.starts_with('/')) {
    return absl::InvalidArgumentError("the target does not begin with '/'");
  }
  const std::size_t question = text.find('?');
  std::string_view path =
      text.substr(1, question == std::string_view::npos ? text.npos : question - 1);
  Target target;
  if (question != std::string_view::npos) {
    FAILS_ASSIGN_OR_RETURN(target.query, ParseQuery(text.substr(question + 1)));
  }
  for (;;) {
    const std::size_t slash = path.find('/');
    FAILS_ASSIGN_OR_RETURN(std::string segment, PercentDecode(path.substr(0, slash), false));
    target.segments.push_back(std::move(segment));
    if (slash == std::string_view::npos) return target;
    path = path.substr(slash + 1);
  }
}

}  // namespace fails::gateway::routing
