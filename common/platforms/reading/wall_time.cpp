// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/wall_time.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "common/base/time.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

constexpr std::array kMonths = {"january"sv,   "february"sv, "march"sv,    "april"sv,
                                "may"sv,       "june"sv,     "july"sv,     "august"sv,
                                "september"sv, "october"sv,  "november"sv, "december"sv};

// Hours east of UTC, in halves.
constexpr std::array kLabels = {
    std::pair{"UTC"sv, 0},   std::pair{"GMT"sv, 0},    std::pair{"UT"sv, 0},
    std::pair{"Z"sv, 0},     std::pair{"WET"sv, 0},    std::pair{"BST"sv, 2},
    std::pair{"WEST"sv, 2},  std::pair{"CET"sv, 2},    std::pair{"CEST"sv, 4},
    std::pair{"EET"sv, 4},   std::pair{"EEST"sv, 6},   std::pair{"EST"sv, -10},
    std::pair{"EDT"sv, -8},  std::pair{"CST"sv, -12},  std::pair{"CDT"sv, -10},
    std::pair{"MST"sv, -14}, std::pair{"MDT"sv, -12},  std::pair{"PST"sv, -16},
    std::pair{"PDT"sv, -14}, std::pair{"AKST"sv, -18}, std::pair{"AKDT"sv, -16},
    std::pair{"HST"sv, -20}, std::pair{"JST"sv, 18},   std::pair{"SGT"sv, 16},
    std::pair{"AEST"sv, 20}, std::pair{"AEDT"sv, 22},  std::pair{"ACST"sv, 19},
    std::pair{"AWST"sv, 16}, std::pair{"NZST"sv, 24},  std::pair{"NZDT"sv, 26},
};

// Labels that leave open whether it is summer.
constexpr std::array kBySeason = {
    std::pair{"PT"sv, "America/Los_Angeles"sv}, std::pair{"ET"sv, "America/New_York"sv},
    std::pair{"CT"sv, "America/Chicago"sv}, std::pair{"MT"sv, "America/Denver"sv},
    std::pair{"Pacific"sv, "America/Los_Angeles"sv}};

// "+0530", "-07:00", "+02".
std::optional<int> NumericOffset(std::string_view zone) {
  if (zone.size() < 3 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int sign = zone[0] == '-' ? -1 : 1;
  const auto hours = Number(zone.substr(1, 2));
  std::string_view rest = zone.substr(3);
  if (rest.starts_with(':')) rest.remove_prefix(1);
  const auto minutes = rest.empty() ? std::optional<int>(0) : Number(rest);
  if (!hours || !minutes || *hours > 15 || *minutes > 59 || (!rest.empty() && rest.size() != 2)) {
    return std::nullopt;
  }
  return sign * (*hours * 3600 + *minutes * 60);
}

struct Clock {
  int hour, minute, second;
};

// "16:29", "16:29:09", "16:29:09.5" (the fraction goes).
std::optional<Clock> ClockOf(std::string_view text) {
  text = text.substr(0, text.find('.'));
  std::array<int, 3> parts = {0, 0, 0};
  std::size_t n = 0;
  for (const std::string_view part : Words(text, ":")) {
    const auto number = Number(part);
    if (!number || part.size() > 2 || n == parts.size()) return std::nullopt;
    parts[n++] = *number;
  }
  // A leap second shows as 60 and is the next second to us.
  if (n < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return std::nullopt;
  return Clock{parts[0], parts[1], parts[2]};
}

std::optional<int> YearOf(std::string_view text) {
  const auto year = Number(text);
  if (!year || text.size() < 2 || text.size() > 4) return std::nullopt;
  if (text.size() == 4) return year;
  return *year < 50 && text.size() == 2 ? *year + 2000 : *year + 1900;  // RFC 2822, 4.3
}

// Absent for a day that the month does not have.
std::optional<absl::CivilSecond> Civil(int year, int month, int day, const Clock& clock) {
  const absl::CivilDay date(year, month, day);
  if (date.year() != year || date.month() != month || date.day() != day) return std::nullopt;
  return absl::CivilSecond(year, month, day, clock.hour, clock.minute, clock.second);
}

std::optional<ZonedTime> Zoned(std::optional<absl::CivilSecond> local, std::string_view zone) {
  if (!local) return std::nullopt;
  const auto offset = ZoneOffset(zone, *local);
  if (!offset) return std::nullopt;
  return ZonedTime{absl::FromCivil(*local, absl::FixedTimeZone(*offset)), *offset};
}

std::optional<ZonedTime> ReadRfc822(std::string_view text) {
  std::vector<std::string_view> words = Words(text, ",");
  if (!words.empty() && !Number(words.front())) words.erase(words.begin());  // the weekday
  if (words.size() != 4 && words.size() != 5) return std::nullopt;
  const auto day = Number(words[0]);
  const auto month = MonthOf(words[1]);
  const auto year = YearOf(words[2]);
  const auto clock = ClockOf(words[3]);
  if (!day || !month || !year || !clock) return std::nullopt;
  const std::string_view zone = words.size() == 5 ? words[4] : "UTC";
  // RFC 2822: the military letters were used so wrongly that they tell nothing.
  const bool military = zone.size() == 1;
  return Zoned(Civil(*year, *month, *day, *clock), military ? "Z" : zone);
}

std::optional<ZonedTime> ReadIso(std::string_view text) {
  if (text.size() < 16 || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != ' ')) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(11);
  const std::size_t zone_at = std::min(rest.find_first_not_of("0123456789:."), rest.size());
  const std::string_view zone = Trim(rest.substr(zone_at));
  rest = rest.substr(0, zone_at);
  const auto year = Number(text.substr(0, 4));
  const auto month = Number(text.substr(5, 2));
  const auto day = Number(text.substr(8, 2));
  const auto clock = ClockOf(rest);
  if (!year || !month || !day || !clock) return std::nullopt;
  auto zoned = Zoned(Civil(*year, *month, *day, *clock), zone.empty() ? "Z" : zone);
  if (const std::size_t dot = rest.find('.'); zoned && dot != std::string_view::npos) {
    absl::Duration fraction, digit = absl::Milliseconds(100);
    for (const char c : rest.substr(dot + 1, 9)) {
      if (c < '0' || c > '9') return std::nullopt;
      fraction += digit * (c - '0');
      digit /= 10;
    }
    zoned->at += fraction;
  }
  return zoned;
}

}  // namespace

std::optional<int> MonthOf(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.size() < 3) return std::nullopt;
  const std::string lower = ToLower(name);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].starts_with(lower)) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::optional<int> ZoneOffset(std::string_view zone, absl::CivilSecond local) {
  zone = Trim(zone);
  if (const auto offset = NumericOffset(zone)) return offset;
  for (const auto& [label, halves] : kLabels) {
    if (EqualsNoCase(label, zone)) return halves * 1800;
  }
  for (const auto& [label, name] : kBySeason) {
    if (!EqualsNoCase(label, zone)) continue;
    const auto loaded = LoadZone(name);
    if (!loaded.ok()) return std::nullopt;
    return loaded->At(absl::FromCivil(local, *loaded)).offset;
  }
  return std::nullopt;
}

std::optional<absl::Time> TimeInZone(absl::CivilSecond local, std::string_view zone) {
  const auto zoned = Zoned(local, zone);
  if (!zoned) return std::nullopt;
  return zoned->at;
}

absl::StatusOr<ZonedTime> ParseRfc822(std::string_view text) {
  if (const auto zoned = ReadRfc822(Trim(text))) return *zoned;
  return absl::InvalidArgumentError(fmt::format("not an RFC 822 time: '{}'", text.substr(0, 80)));
}

absl::StatusOr<ZonedTime> ParseIsoTime(std::string_view text) {
  if (const auto zoned = ReadIso(Trim(text))) return *zoned;
  return absl::InvalidArgumentError(fmt::format("not an ISO 8601 time: '{}'", text.substr(0, 80)));
}

absl::StatusOr<ZonedTime> ParseFeedTime(std::string_view text) {
  if (const auto zoned = ReadIso(Trim(text))) return *zoned;
  if (const auto zoned = ReadRfc822(Trim(text))) return *zoned;
  return absl::InvalidArgumentError(
      fmt::format("neither an RFC 3339 nor an RFC 822 time: '{}'", text.substr(0, 80)));
}

}  // namespace fails::platforms
