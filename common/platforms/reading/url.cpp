// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/url.h"

#include <charconv>
#include <optional>

namespace fails::platforms {
namespace {

std::optional<char> Escaped(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 3, value, 16);
  if (error != std::errc{} || end != text.data() + 3) return std::nullopt;
  return static_cast<char>(value);
}

}  // namespace

std::string_view OriginOf(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  const std::size_t host = url.find("://") + 3;
  return url.substr(0, url.find_first_of("/?#", host));
}

std::string_view HostOf(std::string_view url) {
  const std::string_view origin = OriginOf(url);
  return origin.empty() ? origin : origin.substr(origin.find("://") + 3);
}

std::string QueryParameter(std::string_view url, std::string_view name) {
  const std::size_t query = url.find('?');
  if (query == std::string_view::npos) return {};
  std::string_view rest = url.substr(query + 1);
  rest = rest.substr(0, rest.find('#'));
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    if (pair.substr(0, pair.find('=')) != name || pair.size() == name.size()) continue;
    std::string value;
    for (std::size_t i = name.size() + 1; i < pair.size(); ++i) {
      const auto escaped = pair[i] == '%' ? Escaped(pair.substr(i)) : std::nullopt;
      value += escaped.value_or(pair[i]);
      if (escaped) i += 2;
    }
    return value;
  }
  return {};
}

}  // namespace fails::platforms
