// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/analytics/analyses/analysis.h"

namespace fails::analytics {

// What the two analyses of co-occurrence have in common.

// On which days of the query's range each chosen service was out, by the basis of the query.
class OutageDays {
 public:
  // CANCELLED when nobody waits any more; INVALID_ARGUMENT for a range of too many days.
  static absl::StatusOr<OutageDays> Of(const AnalysisInput& input);

  // Whether the basis can say anything of the service in the range. `service` is a place in
  // Query::services, here and below.
  bool known(std::size_t service) const { return known_[service]; }
  // On how many days both were out.
  std::int64_t Both(std::size_t a, std::size_t b) const;
  // Those days, as places in the range.
  std::vector<bool> DaysOfBoth(std::size_t a, std::size_t b) const;

 private:
  OutageDays(std::size_t services, std::size_t days)
      : days_(days),
        out_(services, std::vector<std::uint64_t>((days + 63) / 64)),
        known_(services) {}
  void ReadCalendars(const AnalysisInput& input, std::int32_t first_day);
  void ReadIncidents(const AnalysisInput& input);
  void Set(std::size_t service, std::size_t day) {
    out_[service][day / 64] |= std::uint64_t{1} << (day % 64);
  }

  std::size_t days_;
  std::vector<std::vector<std::uint64_t>> out_;  // a bit a day
  std::vector<bool> known_;
};

std::vector<std::string_view> OutageDayBases();  // the default first
Demands OutageDayDemands(const Query& query);
// In words: what a day is on which a service was out. Ends with a full stop.
std::string OutageDayMethod(const Query& query);

// row and column: the incidents of either that go on during a day on which both were out.
absl::StatusOr<std::vector<Snapshot::Row>> OutageDayCell(const AnalysisInput& input,
                                                         const CellKey& cell);

}  // namespace fails::analytics
