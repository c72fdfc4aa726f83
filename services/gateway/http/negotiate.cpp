// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/negotiate.h"

#include <fmt/format.h>

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "common/base/hash.h"
#include "common/base/text.h"

namespace fails::gateway::http {
namespace {

std::string_view Trim(std::string_view text) {
  const auto stripped = absl::StripAsciiWhitespace(Absl(text));
  return {stripped.data(), stripped.size()};
}

// Cuts the part before `separator` off `rest`.
std::string_view Cut(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return Trim(part);
}

struct Weighted {
  std::string_view name;
  double q = 1;
};

// "gzip;q=0.8" -> {gzip, 0.8}. A q that is no number counts as 0.
Weighted ParseWeighted(std::string_view element) {
  Weighted weighted{.name = Cut(element, ';')};
  while (!element.empty()) {
    std::string_view parameter = Cut(element, ';');
    const std::string_view name = Cut(parameter, '=');
    if (!absl::EqualsIgnoreCase(Absl(name), "q")) continue;
    if (!absl::SimpleAtod(Absl(Trim(parameter)), &weighted.q)) weighted.q = 0;
  }
  return weighted;
}

std::string_view Opaque(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

}  // namespace

bool AcceptsGzip(std::string_view accept_encoding) {
  std::optional<bool> gzip, any;
  while (!accept_encoding.empty()) {
    const Weighted coding = ParseWeighted(Cut(accept_encoding, ','));
    if (absl::EqualsIgnoreCase(Absl(coding.name), "gzip")) gzip = coding.q > 0;
    if (coding.name == "*") any = coding.q > 0;
  }
  return gzip.value_or(any.value_or(false));
}

bool AcceptsHtml(std::string_view accept) {
  while (!accept.empty()) {
    const Weighted type = ParseWeighted(Cut(accept, ','));
    if (type.q > 0 && absl::EqualsIgnoreCase(Absl(type.name), "text/html")) return true;
  }
  return false;
}

bool PrefersCsv(std::string_view accept) {
  double csv = 0;
  double json = 0;
  while (!accept.empty()) {
    const Weighted type = ParseWeighted(Cut(accept, ','));
    if (absl::EqualsIgnoreCase(Absl(type.name), "text/csv")) csv = type.q;
    if (absl::EqualsIgnoreCase(Absl(type.name), "application/json")) json = type.q;
  }
  return csv > json;
}

bool IsJson(std::string_view content_type) {
  return absl::EqualsIgnoreCase(Absl(Cut(content_type, ';')), "application/json");
}

bool MatchesETag(std::string_view if_none_match, std::string_view etag) {
  if (etag.empty()) return false;
  while (!if_none_match.empty()) {
    const std::string_view tag = Cut(if_none_match, ',');
    if (tag == "*" || Opaque(tag) == Opaque(etag)) return true;
  }
  return false;
}

std::string ETagOf(std::string_view bytes) {
  return fmt::format("\"{}\"", ToHex(Sha256(bytes).substr(0, 12)));
}

}  // namespace fails::gateway::http
