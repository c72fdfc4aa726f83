// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Days, ISO weeks and months as plain numbers. Days count from 1970-01-01 (DayNumber in
// domain/snapshot/outage_calendar.h), weeks from the one that holds that day, months from the year
// 0.
namespace fails::analytics {

inline constexpr std::int64_t kDaySeconds = 86'400;

constexpr std::int64_t FloorDivide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

// Weeks begin on Monday.
constexpr std::int32_t WeekOfDay(std::int32_t day) {
  return static_cast<std::int32_t>(FloorDivide(day + 3, 7));
}
std::int32_t MonthOfDay(std::int32_t day);
// The day on which the month begins.
std::int32_t FirstDayOfMonth(std::int32_t month);

std::string DayLabel(std::int32_t day);      // "2024-06-30"
std::string MonthLabel(std::int32_t month);  // "2024-06"
// Absent for anything that is no label as above.
std::optional<std::int32_t> ParseDayLabel(std::string_view text);
std::optional<std::int32_t> ParseMonthLabel(std::string_view text);

}  // namespace fails::analytics
