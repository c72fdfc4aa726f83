// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/histogram.h"
#include "services/analytics/domain/time/civil.h"

namespace fails::analytics {
namespace {

std::vector<google::protobuf::Value> Hours() {
  std::vector<google::protobuf::Value> bins;
  for (int hour = 0; hour < 24; ++hour) bins.emplace_back().set_number_value(hour);
  return bins;
}

std::size_t HourOf(std::int64_t local_second) {
  const std::int64_t day = FloorDivide(local_second, kDaySeconds);
  return static_cast<std::size_t>((local_second - day * kDaySeconds) / 3600);
}

}  // namespace

const Analysis& HourlyDistribution() {
  static const HistogramAnalysis analysis({
      .id = "hourly-distribution",
      .title = "Incidents by hour of day",
      .description = "At which hours of the day incidents begin, by provider and service, and "
                     "whether that differs from an even day by more than chance.",
      .bin_of = "hour of day",
      .bins = Hours(),
      .bin = &HourOf,
  });
  return analysis;
}

}  // namespace fails::analytics
