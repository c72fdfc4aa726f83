// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/analytics/analyses/shapes/cell_key.h"
#include "services/analytics/domain/query/query.h"

namespace fails::analytics {

// What answers with a value for every period of the range have in common.

// The first month of which the query's range has a second, and how many there are.
struct MonthRange {
  std::int32_t first = 0;
  std::size_t count = 0;
};
MonthRange MonthsOf(const Query& query);

// In which month of the range a day of it lies, for very many days: looked up, not computed.
class MonthOfDays {
 public:
  explicit MonthOfDays(const Query& query);
  // The place of the month, from 0; the day as domain/time/civil.h counts it.
  std::size_t operator()(std::int32_t day) const {
    return static_cast<std::size_t>(month_[static_cast<std::size_t>(day - first_day_)]);
  }

 private:
  std::int32_t first_day_;
  std::vector<std::int32_t> month_;  // by day of the range
};

// INVALID_ARGUMENT for a range so long, with so many groups, that the answer would be too large to
// send: more than two million values.
absl::Status CheckSize(const Query& query, std::size_t periods, std::size_t groups);

// The day "2024-06-30" or month "2024-06" under a key, as domain/time/civil.h counts them; absent
// when the key is. One of the range of the query.
absl::StatusOr<std::optional<std::int32_t>> CellDay(const CellKey& cell, std::string_view key,
                                                    const Query& query);
absl::StatusOr<std::optional<std::int32_t>> CellMonth(const CellKey& cell, std::string_view key,
                                                      const Query& query);

}  // namespace fails::analytics
