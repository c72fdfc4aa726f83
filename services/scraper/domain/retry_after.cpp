// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/retry_after.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/base/text.h"

namespace fails::scraper {
namespace {

constexpr absl::Duration kMost = absl::Hours(24);

std::optional<absl::Time> ParseHttpDate(const std::string& text) {
  for (const char* format :
       {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
    absl::Time time;
    std::string error;
    if (absl::ParseTime(format, text, &time, &error)) return time;
  }
  return std::nullopt;
}

}  // namespace

std::optional<absl::Duration> ParseRetryAfter(std::string_view header, absl::Time now) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace(Absl(header));
  if (trimmed.empty()) return std::nullopt;
  if (std::all_of(trimmed.begin(), trimmed.end(), [](char c) { return absl::ascii_isdigit(c); })) {
    std::int64_t seconds = 0;
    if (!absl::SimpleAtoi(trimmed, &seconds)) return kMost;  // digits, but more than fit
    return std::min(absl::Seconds(seconds), kMost);
  }
  const auto date = ParseHttpDate(std::string(trimmed.data(), trimmed.size()));
  if (!date) return std::nullopt;
  return std::clamp(*date - now, absl::ZeroDuration(), kMost);
}

}  // namespace fails::scraper
