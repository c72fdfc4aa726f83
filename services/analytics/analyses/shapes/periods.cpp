// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/periods.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/time.h"
#include "services/analytics/domain/time/civil.h"
#include "services/analytics/domain/time/day_grid.h"

namespace fails::analytics {
namespace {

constexpr std::size_t kMostValues = 2'000'000;

absl::StatusOr<std::optional<std::int32_t>> Period(
    const CellKey& cell, std::string_view key,
    std::optional<std::int32_t> (*parse)(std::string_view), std::string_view like,
    std::int32_t first, std::int32_t last) {
  const std::optional<std::string> text = cell.Text(key);
  if (!text) return std::nullopt;
  const std::optional<std::int32_t> period = parse(*text);
  if (!period) {
    return cell.Complain(
        fmt::format("has '{}' for '{}', which does not read {}", *text, key, like));
  }
  if (*period < first || *period > last) {
    return cell.Complain(
        fmt::format("has '{}' for '{}', which lies outside the range of the query", *text, key));
  }
  return period;
}

}  // namespace

MonthRange MonthsOf(const Query& query) {
  const DayRange days = DaysOf(query);
  const std::int32_t first = MonthOfDay(days.first);
  return {first, static_cast<std::size_t>(MonthOfDay(days.last) - first + 1)};
}

MonthOfDays::MonthOfDays(const Query& query) {
  const DayRange days = DaysOf(query);
  const MonthRange months = MonthsOf(query);
  first_day_ = days.first;
  month_.reserve(days.size());
  for (std::size_t month = 0; month < months.count; ++month) {
    const std::int32_t next = months.first + static_cast<std::int32_t>(month) + 1;
    const auto end = static_cast<std::size_t>(FirstDayOfMonth(next) - days.first);
    month_.resize(std::min(end, days.size()), static_cast<std::int32_t>(month));
  }
}

absl::Status CheckSize(const Query& query, std::size_t periods, std::size_t groups) {
  if (periods * groups <= kMostValues) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format(
      "from: '{}' is so long before to: '{}' that the answer had {} values, more than {}",
      ToRfc3339(query.from), ToRfc3339(query.to), periods * groups, kMostValues));
}

absl::StatusOr<std::optional<std::int32_t>> CellDay(const CellKey& cell, std::string_view key,
                                                    const Query& query) {
  const DayRange days = DaysOf(query);
  return Period(cell, key, ParseDayLabel, "YYYY-MM-DD", days.first, days.last);
}

absl::StatusOr<std::optional<std::int32_t>> CellMonth(const CellKey& cell, std::string_view key,
                                                      const Query& query) {
  const MonthRange months = MonthsOf(query);
  return Period(cell, key, ParseMonthLabel, "YYYY-MM", months.first,
                months.first + static_cast<std::int32_t>(months.count) - 1);
}

}  // namespace fails::analytics
