// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "services/analytics/domain/snapshot/names.h"
#include "services/analytics/domain/snapshot/row.h"

namespace fails::bench {

// Incidents and uptime calendars of an invented industry: 40 providers, 100 services, the five
// years 2020 to 2024. More incidents by day and on weekdays, durations that are log-normal and
// differ by provider, one in four of several services, stages left out as providers do. Equal sizes
// and seeds give equal data. Row versions count from 1 in the order of starts.
class Synthetic {
 public:
  Synthetic(std::int64_t incidents, std::uint64_t seed);

  // One after the other, so that ten million need no memory.
  void Incidents(const std::function<void(const analytics::IncidentRow&)>& take) const;
  void OutageDays(const std::function<void(const analytics::OutageDayRow&)>& take) const;

  // The catalog that goes with it.
  analytics::Names CatalogNames() const;
  std::int64_t size() const { return incidents_; }
  static absl::Time Begin();
  static absl::Time End();

 private:
  struct Provider {
    std::string id;
    std::vector<ServiceId> services;
    double weight = 1;       // of its incidents among all
    double log_seconds = 0;  // mean of the logarithm of a duration
    double names_none = 0;   // share of incidents that name no service
    double skips_stage = 0;  // share of stages left out
  };

  analytics::IncidentRow Make(std::int64_t number, std::int64_t start,
                              std::mt19937_64& random) const;

  const std::int64_t incidents_;
  const std::uint64_t seed_;
  std::vector<Provider> providers_;
};

}  // namespace fails::bench
