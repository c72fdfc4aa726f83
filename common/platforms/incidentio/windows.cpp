// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/incidentio/windows.h"

#include <fmt/format.h>

#include "absl/time/civil_time.h"
#include "common/base/time.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/url.h"

namespace fails::platforms::incidentio {
namespace {

constexpr absl::Duration kSpan = absl::Hours(24 * 30);
constexpr int kEmptyWindows = 12;  // a year without anything is the beginning
constexpr std::string_view kOpenEnd = "-";

// A page whose clock lies cannot send us back for ever.
const absl::Time kNothingBefore = absl::FromCivil(absl::CivilDay(2010, 1, 1), absl::UTCTimeZone());

}  // namespace

std::string Window::Query() const {
  return fmt::format("start_at={}&end_at={}", ToRfc3339(from), ToRfc3339(to));
}

Window NewestWindow(absl::Time now) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::Time to = absl::FromCivil(absl::ToCivilDay(now, utc) + 1, utc);
  return {to - kSpan, to};
}

Window Before(const Window& window) {
  return {window.from - kSpan, window.from};
}

std::optional<Window> WindowOf(std::string_view url) {
  const auto from = ParseTime(QueryParameter(url, "start_at"));
  const auto to = ParseTime(QueryParameter(url, "end_at"));
  if (!from.ok() || !to.ok() || *from >= *to) return std::nullopt;
  return Window{*from, *to};
}

std::string Walk::ToState() const {
  return fmt::format("{} {}", empty,
                     since == absl::InfinitePast() ? std::string(kOpenEnd) : ToRfc3339(since));
}

std::optional<Walk> Walk::FromState(std::string_view state) {
  const auto words = Words(state);
  if (words.size() != 2) return std::nullopt;
  const auto empty = Number(words[0]);
  if (!empty) return std::nullopt;
  Walk walk{.empty = *empty};
  if (words[1] == kOpenEnd) return walk;
  const auto since = ParseTime(words[1]);
  if (!since.ok()) return std::nullopt;
  walk.since = *since;
  return walk;
}

std::optional<Walk> Walk::Next(const Window& next, bool held_something) const {
  Walk walk{since, held_something ? 0 : empty + 1};
  if (walk.empty >= kEmptyWindows || next.to <= since || next.from < kNothingBefore) {
    return std::nullopt;
  }
  return walk;
}

}  // namespace fails::platforms::incidentio
