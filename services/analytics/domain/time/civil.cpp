// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/time/civil.h"

#include <fmt/format.h>

#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "common/base/text.h"
#include "services/analytics/domain/snapshot/outage_calendar.h"

namespace fails::analytics {
namespace {

// "2024-06-30" or "2024-06" as a day, the first of a month; what it is made of may be out of range.
std::optional<absl::CivilDay> Numbers(std::string_view text, bool with_day) {
  int year = 0;
  int month = 0;
  int day = 1;
  if (text.size() != (with_day ? 10 : 7)) return std::nullopt;
  if (!absl::SimpleAtoi(Absl(text.substr(0, 4)), &year) ||
      !absl::SimpleAtoi(Absl(text.substr(5, 2)), &month) ||
      (with_day && !absl::SimpleAtoi(Absl(text.substr(8)), &day))) {
    return std::nullopt;
  }
  if (year < 1) return std::nullopt;
  return absl::CivilDay(year, month, day);
}

}  // namespace

std::int32_t MonthOfDay(std::int32_t day) {
  const absl::CivilDay civil = DayOfNumber(day);
  return static_cast<std::int32_t>(civil.year() * 12 + civil.month() - 1);
}

std::int32_t FirstDayOfMonth(std::int32_t month) {
  const std::int64_t year = FloorDivide(month, 12);
  return DayNumber(absl::CivilDay(year, month - year * 12 + 1, 1));
}

std::string DayLabel(std::int32_t day) {
  const absl::CivilDay civil = DayOfNumber(day);
  return fmt::format("{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day());
}

std::string MonthLabel(std::int32_t month) {
  const std::int64_t year = FloorDivide(month, 12);
  return fmt::format("{:04}-{:02}", year, month - year * 12 + 1);
}

std::optional<std::int32_t> ParseDayLabel(std::string_view text) {
  const auto civil = Numbers(text, true);
  // Civil days wrap: the 31st of June is the 1st of July, and no label of anything.
  if (!civil || DayLabel(DayNumber(*civil)) != text) return std::nullopt;
  return DayNumber(*civil);
}

std::optional<std::int32_t> ParseMonthLabel(std::string_view text) {
  const auto civil = Numbers(text, false);
  if (!civil) return std::nullopt;
  const std::int32_t month = MonthOfDay(DayNumber(*civil));
  if (MonthLabel(month) != text) return std::nullopt;
  return month;
}

}  // namespace fails::analytics
