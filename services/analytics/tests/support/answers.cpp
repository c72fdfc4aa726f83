// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/answers.h"

#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics::testing {

v1::Analysis AnswerOf(const std::string& id, const Snapshot& snapshot, const QueryText& text) {
  const Analysis* analysis = FindAnalysis(id);
  if (!analysis) throw std::invalid_argument(id);
  const auto query = ResolveQuery(text, snapshot, At("2024-09-01T00:00:00Z"), analysis->bases(),
                                  analysis->measures_slo());
  if (!query.ok()) throw std::invalid_argument(query.status().ToString());
  auto answer = Compute(*analysis, snapshot, *query, Never);
  if (!answer.ok()) throw std::runtime_error(answer.status().ToString());
  return *std::move(answer);
}

}  // namespace fails::analytics::testing
