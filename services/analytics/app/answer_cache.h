// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/app/flight_cache.h"
#include "services/analytics/domain/query/selection.h"

namespace fails::analytics {

// Answers of analyses. Metric: fails_analytics_answers_total{from}.
class AnswerCache final : public FlightCache<v1::Analysis> {
 public:
  explicit AnswerCache(std::size_t max_bytes);
};

// Selections, which analyses with equal demands and equal query share. Metric:
// fails_analytics_selections_total{from}.
class SelectionCache final : public FlightCache<Selection> {
 public:
  explicit SelectionCache(std::size_t max_bytes);
};

}  // namespace fails::analytics
