// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/app/answer_cache.h"
#include "services/analytics/app/now_anchor.h"
#include "services/analytics/app/snapshot_keeper.h"
#include "services/analytics/app/work_pool.h"
#include "services/analytics/domain/query/query.h"

namespace fails::analytics {

// The incidents behind one number of an answer, in no order.
struct CellRows {
  std::shared_ptr<const Snapshot> snapshot;
  StartBasis start = StartBasis::kReport;  // of the query
  std::vector<Snapshot::Row> rows;
};

// Answers analyses over the newest snapshot: fills in the query, looks into the cache, computes.
// Analyses with equal demands and equal query share what was selected for them. Thread-safe.
// Metric: fails_analytics_run_seconds{analysis}.
class AnalysisRunner {
 public:
  using Answer = AnswerCache::Answer;
  // How the sources of the providers do at the moment, by ProviderIndex. Thread-safe.
  using SourceHealth = std::function<std::vector<SourceCount>(const Names& names)>;

  // Without `source_health` no source is known.
  AnalysisRunner(const SnapshotKeeper& keeper, const Clock& clock,
                 std::size_t cache_bytes = 64 << 20, SourceHealth source_health = {});

  // NOT_FOUND for an unknown analysis; INVALID_ARGUMENT as ResolveQuery; UNAVAILABLE before the
  // first snapshot; CANCELLED when the caller went away.
  absl::StatusOr<Answer> Run(const std::string& id, const QueryText& text,
                             const Cancelled& cancelled);

  // Several over one snapshot and one `now`, side by side, in the order asked for; none means all.
  // `basis` and `slo` go to those that have one.
  absl::StatusOr<std::vector<Answer>> RunMany(const std::vector<std::string>& ids, QueryText text,
                                              const Cancelled& cancelled);

  // What Analysis::Cell finds for `cell`; errors as Run, and INVALID_ARGUMENT for a cell that the
  // analysis does not have.
  absl::StatusOr<CellRows> Cell(const std::string& id, const QueryText& text,
                                const std::string& cell, const Cancelled& cancelled);

 private:
  absl::StatusOr<std::shared_ptr<const Snapshot>> NewestSnapshot() const;
  absl::StatusOr<Answer> RunOver(const std::shared_ptr<const Snapshot>& snapshot,
                                 const Analysis& analysis, const QueryText& text,
                                 const Cancelled& cancelled);

  absl::StatusOr<SelectionCache::Answer> SelectionFor(const Snapshot& snapshot,
                                                      const Analysis& analysis, const Query& query,
                                                      const Cancelled& cancelled);

  const SnapshotKeeper& keeper_;
  NowAnchor now_;
  AnswerCache cache_;
  SelectionCache selections_;
  const SourceHealth source_health_;
  WorkPool pool_;
};

// What a client may know of an analysis: id, title, description, shape, parameters with defaults
// and allowed values.
v1::AnalysisDescriptor Describe(const Analysis& analysis);

// One computation, without cache or clock: the envelope of analyses.md, section 6, with its result.
absl::StatusOr<v1::Analysis> Compute(const Analysis& analysis, const Snapshot& snapshot,
                                     const Query& query, const Cancelled& cancelled,
                                     std::span<const SourceCount> sources = {});
// The same with what Select() has found for the analysis's demands already.
absl::StatusOr<v1::Analysis> ComputeWith(const Selection& selection, const Analysis& analysis,
                                         const Snapshot& snapshot, const Query& query,
                                         const Cancelled& cancelled,
                                         std::span<const SourceCount> sources = {});

}  // namespace fails::analytics
