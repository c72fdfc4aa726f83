// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/analyses/shapes/cell_key.h"
#include "services/analytics/domain/cancelled.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/query/selection.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// How many sources (status pages) a provider is collected from, and how many of them nothing fresh
// came from.
struct SourceCount {
  std::int64_t sources = 0;
  std::int64_t stale = 0;
};

// What an analysis works on. References are valid during the call.
struct AnalysisInput {
  const Snapshot& snapshot;
  const Query& query;
  const Selection& selection;  // what Select() found for the analysis's own demands
  const Cancelled& cancelled;
  // By ProviderIndex; shorter where nothing is known of the rest. Only for analyses that count
  // them.
  std::span<const SourceCount> sources = {};
};

// One failure analysis: a pure function over a snapshot and a query. Stateless and thread-safe. See
// README.md, "How to add an analysis".
class Analysis {
 public:
  virtual ~Analysis() = default;

  virtual std::string_view id() const = 0;  // the name in the API: "ttr-distribution"
  virtual std::string_view title() const = 0;
  virtual std::string_view description() const = 0;  // one sentence
  virtual v1::AnalysisShape shape() const = 0;
  // The values that it takes for `basis`, its default first. None: it has only one.
  virtual std::vector<std::string_view> bases() const { return {}; }
  // Whether it takes the parameter `slo`.
  virtual bool measures_slo() const { return false; }
  // Whether it looks at AnalysisInput::sources.
  virtual bool counts_sources() const { return false; }

  // Which incidents it can use. Everything else that belongs to the query is counted as excluded.
  virtual Demands demands(const Query& query) const = 0;
  // One paragraph for the reader: what was computed for this query, in words.
  virtual std::string Method(const Query& query) const = 0;
  // Sets the result of `answer`; its other fields are the caller's. Every number that does not
  // exist stays absent; no NaN, no infinity. CANCELLED when nobody waits any more.
  virtual absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const = 0;
  // The incidents behind the number that `cell` names, in any order; for a number that counts
  // incidents as many as it says. INVALID_ARGUMENT as CellKey has it.
  virtual absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                          const CellKey& cell) const = 0;
};

}  // namespace fails::analytics
