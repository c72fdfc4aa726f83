// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/histogram.h"
#include "services/analytics/domain/time/civil.h"

namespace fails::analytics {
namespace {

std::vector<google::protobuf::Value> Weekdays() {
  std::vector<google::protobuf::Value> bins;
  for (const char* name :
       {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}) {
    bins.emplace_back().set_string_value(name);
  }
  return bins;
}

std::size_t WeekdayOf(std::int64_t local_second) {
  const std::int64_t day = FloorDivide(local_second, kDaySeconds) + 3;  // 1970-01-01: a Thursday
  return static_cast<std::size_t>(day - 7 * FloorDivide(day, 7));
}

}  // namespace

const Analysis& WeekdayDistribution() {
  static const HistogramAnalysis analysis({
      .id = "weekday-distribution",
      .title = "Incidents by weekday",
      .description = "On which days of the week incidents begin, by provider and service, and "
                     "whether that differs from an even week by more than chance.",
      .bin_of = "weekday",
      .bins = Weekdays(),
      .bin = &WeekdayOf,
  });
  return analysis;
}

}  // namespace fails::analytics
