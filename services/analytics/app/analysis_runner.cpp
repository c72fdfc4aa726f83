// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/analysis_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/status_macros.h"
#include "common/base/time.h"
#include "common/obs/metrics.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/query_proto.h"
#include "services/analytics/domain/query/selection.h"

namespace fails::analytics {
namespace {

absl::StatusOr<const Analysis*> Find(const std::string& id) {
  if (const Analysis* analysis = FindAnalysis(id)) return analysis;
  return absl::NotFoundError(fmt::format("unknown analysis: {}", id));
}

// What is asked for twice is computed once: an answer too large for the cache would be held as
// often.
struct DistinctAnalyses {
  std::vector<const Analysis*> analyses;
  std::vector<std::size_t> places;  // among `analyses`, of each that was asked for
};

DistinctAnalyses Distinct(const std::vector<const Analysis*>& asked) {
  DistinctAnalyses distinct;
  for (const Analysis* analysis : asked) {
    const auto found = std::ranges::find(distinct.analyses, analysis);
    distinct.places.push_back(static_cast<std::size_t>(found - distinct.analyses.begin()));
    if (found == distinct.analyses.end()) distinct.analyses.push_back(analysis);
  }
  return distinct;
}

// All of them, or the first error that is not merely the consequence of another.
absl::StatusOr<std::vector<AnalysisRunner::Answer>> AllOf(
    std::vector<absl::StatusOr<AnalysisRunner::Answer>> outcomes) {
  std::vector<AnalysisRunner::Answer> answers;
  absl::Status error;
  for (auto& outcome : outcomes) {
    if (outcome.ok()) {
      answers.push_back(*std::move(outcome));
    } else if (error.ok() || absl::IsCancelled(error)) {
      error = outcome.status();
    }
  }
  if (!error.ok()) return error;
  return answers;
}

}  // namespace

absl::StatusOr<v1::Analysis> Compute(const Analysis& analysis, const Snapshot& snapshot,
                                     const Query& query, const Cancelled& cancelled,
                                     std::span<const SourceCount> sources) {
  FAILS_ASSIGN_OR_RETURN(const Selection selection,
                         Select(snapshot, query, analysis.demands(query), cancelled));
  return ComputeWith(selection, analysis, snapshot, query, cancelled, sources);
}

absl::StatusOr<v1::Analysis> ComputeWith(const Selection& selection, const Analysis& analysis,
                                         const Snapshot& snapshot, const Query& query,
                                         const Cancelled& cancelled,
                                         std::span<const SourceCount> sources) {
  const absl::Time began = absl::Now();
  v1::Analysis answer;
  answer.set_id(std::string(analysis.id()));
  answer.set_title(std::string(analysis.title()));
  answer.set_method(analysis.Method(query));
  *answer.mutable_query() = ToProto(query, snapshot.names());
  if (analysis.measures_slo()) answer.mutable_query()->set_slo(query.slo);
  answer.set_n(selection.n());
  for (std::size_t reason = 0; reason < kExclusionNames.size(); ++reason) {
    if (selection.excluded[reason] == 0) continue;
    (*answer.mutable_excluded())[std::string(kExclusionNames[reason])] = selection.excluded[reason];
  }
  answer.set_data_version(snapshot.data_version());
  FAILS_RETURN_IF_ERROR(analysis.Run({snapshot, query, selection, cancelled, sources}, answer));
  obs::GetHistogram("fails_analytics_run_seconds",
                    "Time to compute an analysis that was not cached.",
                    {{"analysis", std::string(analysis.id())}})
      .Observe(absl::ToDoubleSeconds(absl::Now() - began));
  return answer;
}

AnalysisRunner::AnalysisRunner(const SnapshotKeeper& keeper, const Clock& clock,
                               std::size_t cache_bytes, SourceHealth source_health)
    : keeper_(keeper),
      now_(clock),
      cache_(cache_bytes),
      selections_(cache_bytes),
      source_health_(std::move(source_health)),
      pool_(std::max(std::thread::hardware_concurrency(), 1U)) {}

absl::StatusOr<std::shared_ptr<const Snapshot>> AnalysisRunner::NewestSnapshot() const {
  if (auto snapshot = keeper_.Current()) return snapshot;
  return absl::UnavailableError(
      fmt::format("incidents are not loaded yet: {}", std::string(keeper_.Probe().message())));
}

absl::StatusOr<AnalysisRunner::Answer> AnalysisRunner::RunOver(
    const std::shared_ptr<const Snapshot>& snapshot, const Analysis& analysis,
    const QueryText& text, const Cancelled& cancelled) {
  FAILS_ASSIGN_OR_RETURN(const Query query,
                         ResolveQuery(text, *snapshot, now_.For(snapshot->data_version()),
                                      analysis.bases(), analysis.measures_slo()));
  std::string key = fmt::format("{}|{}|{}", analysis.id(), snapshot->data_version(),
                                query.Key(snapshot->names()));
  std::vector<SourceCount> sources;
  if (analysis.counts_sources() && source_health_) sources = source_health_(snapshot->names());
  // Their health changes without the data's version.
  for (const SourceCount& count : sources) key += fmt::format("|{}/{}", count.stale, count.sources);
  return cache_.Get(key, cancelled, [&](const Cancelled& nobody_waits) -> absl::StatusOr<Answer> {
    FAILS_ASSIGN_OR_RETURN(const auto selection,
                           SelectionFor(*snapshot, analysis, query, nobody_waits));
    FAILS_ASSIGN_OR_RETURN(v1::Analysis answer, ComputeWith(*selection, analysis, *snapshot, query,
                                                            nobody_waits, sources));
    return std::make_shared<const v1::Analysis>(std::move(answer));
  });
}

absl::StatusOr<SelectionCache::Answer> AnalysisRunner::SelectionFor(const Snapshot& snapshot,
                                                                    const Analysis& analysis,
                                                                    const Query& query,
                                                                    const Cancelled& cancelled) {
  const Demands demands = analysis.demands(query);
  const std::string key = fmt::format("{}|{}|{}", snapshot.data_version(), demands.Key(),
                                      query.SelectionKey(snapshot.names()));
  using Found = absl::StatusOr<SelectionCache::Answer>;
  return selections_.Get(key, cancelled, [&](const Cancelled& nobody_waits) -> Found {
    FAILS_ASSIGN_OR_RETURN(Selection selection, Select(snapshot, query, demands, nobody_waits));
    selection.rows.shrink_to_fit();
    return std::make_shared<const Selection>(std::move(selection));
  });
}

absl::StatusOr<AnalysisRunner::Answer> AnalysisRunner::Run(const std::string& id,
                                                           const QueryText& text,
                                                           const Cancelled& cancelled) {
  FAILS_ASSIGN_OR_RETURN(const Analysis* analysis, Find(id));
  FAILS_ASSIGN_OR_RETURN(const auto snapshot, NewestSnapshot());
  return RunOver(snapshot, *analysis, text, cancelled);
}

absl::StatusOr<std::vector<AnalysisRunner::Answer>> AnalysisRunner::RunMany(
    const std::vector<std::string>& ids, QueryText text, const Cancelled& cancelled) {
  std::vector<const Analysis*> analyses(AllAnalyses().begin(), AllAnalyses().end());
  if (!ids.empty()) analyses.clear();
  for (const std::string& id : ids) {
    FAILS_ASSIGN_OR_RETURN(const Analysis* analysis, Find(id));
    analyses.push_back(analysis);
  }
  FAILS_ASSIGN_OR_RETURN(const auto snapshot, NewestSnapshot());
  // One text for all: the same default `now`, even if the anchor moves on between two of them.
  if (text.now.empty()) text.now = ToRfc3339(now_.For(snapshot->data_version()));
  const bool some_take_basis =
      std::ranges::any_of(analyses, [](const Analysis* a) { return !a->bases().empty(); });
  const bool some_take_slo =
      std::ranges::any_of(analyses, [](const Analysis* a) { return a->measures_slo(); });
  const DistinctAnalyses asked = Distinct(analyses);
  std::vector<absl::StatusOr<Answer>> outcomes(asked.analyses.size(), absl::CancelledError());
  std::atomic<bool> failed = false;
  const Cancelled useless = [&] { return failed.load() || cancelled(); };
  pool_.Run(asked.analyses.size(), [&](std::size_t i) {
    const Analysis& analysis = *asked.analyses[i];
    QueryText own = text;
    if (some_take_basis && analysis.bases().empty()) own.basis.clear();
    if (some_take_slo && !analysis.measures_slo()) own.slo.clear();
    outcomes[i] = RunOver(snapshot, analysis, own, useless);
    if (!outcomes[i].ok()) failed = true;
  });
  FAILS_ASSIGN_OR_RETURN(const auto distinct, AllOf(std::move(outcomes)));
  std::vector<Answer> answers;
  for (const std::size_t place : asked.places) answers.push_back(distinct[place]);
  return answers;
}

absl::StatusOr<CellRows> AnalysisRunner::Cell(const std::string& id, const QueryText& text,
                                              const std::string& cell, const Cancelled& cancelled) {
  FAILS_ASSIGN_OR_RETURN(const Analysis* analysis, Find(id));
  FAILS_ASSIGN_OR_RETURN(const CellKey key, CellKey::Parse(cell));
  FAILS_ASSIGN_OR_RETURN(const auto snapshot, NewestSnapshot());
  FAILS_ASSIGN_OR_RETURN(const Query query,
                         ResolveQuery(text, *snapshot, now_.For(snapshot->data_version()),
                                      analysis->bases(), analysis->measures_slo()));
  FAILS_ASSIGN_OR_RETURN(const auto selection,
                         SelectionFor(*snapshot, *analysis, query, cancelled));
  FAILS_ASSIGN_OR_RETURN(auto rows, analysis->Cell({*snapshot, query, *selection, cancelled}, key));
  return CellRows{snapshot, query.start, std::move(rows)};
}

}  // namespace fails::analytics
