// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/histogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "common/base/status_macros.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/domain/stats/chi_square.h"
#include "services/analytics/domain/time/zone_clock.h"

namespace fails::analytics {
namespace {

// As a cell names it: "Monday", "13".
std::string TextOf(const google::protobuf::Value& bin) {
  if (bin.has_string_value()) return bin.string_value();
  return fmt::format("{:.0f}", bin.number_value());
}

// Counts of some rows, each with as many bins.
class Counts {
 public:
  Counts(std::size_t rows, std::size_t bins) : bins_(bins), counts_(rows * bins) {}
  void Add(std::size_t row, std::size_t bin) { ++counts_[row * bins_ + bin]; }
  std::span<const std::int64_t> of(std::size_t row) const {
    return std::span(counts_).subspan(row * bins_, bins_);
  }

 private:
  std::size_t bins_;
  std::vector<std::int64_t> counts_;
};

void FillTest(std::span<const std::int64_t> distinct, v1::ChiSquare& test) {
  test.set_df(static_cast<std::int64_t>(distinct.size()) - 1);
  if (const auto result = stats::ChiSquareOfUniform(distinct)) {
    test.set_statistic(result->statistic);
    test.set_p_value(result->p_value);
  }
}

ZoneClock ClockOf(const Query& query) {
  return {query.tz, query.from_second, query.to_second};
}

}  // namespace

std::string HistogramAnalysis::Method(const Query& query) const {
  return fmt::format(
      "Incidents by {} of their start in the time zone {}, where an incident starts {}. It counts "
      "once for each chosen service that it affects; 'distinct' counts every incident of a "
      "provider once, also one that names no service. The chi-square test asks whether 'distinct' "
      "could come from equal bins: its p-value is the probability of counts at least as uneven "
      "if every {} were alike ({} degrees of freedom). Left out and counted: maintenance and "
      "incidents with stages in the wrong order unless included.",
      spec_.bin_of, query.tz_name,
      query.start == StartBasis::kImpact
          ? "with its impact where the provider states that, else with its first stage"
          : "with its first stage of 'investigating' to 'resolved'",
      spec_.bin_of, spec_.bins.size() - 1);
}

absl::Status HistogramAnalysis::Run(const AnalysisInput& input, v1::Analysis& answer) const {
  const Names& names = input.snapshot.names();
  Counts by_service(names.service_count(), spec_.bins.size());
  Counts distinct(names.provider_count(), spec_.bins.size());
  const ZoneClock clock = ClockOf(input.query);
  for (const Snapshot::Row row : input.selection.rows) {
    const IncidentView incident = input.snapshot.at(row);
    const std::size_t bin = spec_.bin(clock.Local(incident.started(input.query.start)));
    distinct.Add(incident.provider(), bin);
    for (const ServiceIndex service : incident.services()) by_service.Add(service, bin);
  }
  if (input.cancelled()) return absl::CancelledError("the client went away");
  v1::HistogramResult& result = *answer.mutable_histogram();
  result.mutable_bins()->Add(spec_.bins.begin(), spec_.bins.end());
  for (const ProviderIndex provider : ProvidersOf(input)) {
    v1::HistogramGroup& group = *result.add_groups();
    group.set_provider(names.provider(provider).str());
    for (const ServiceIndex service : input.query.services) {
      if (names.provider_of(service) != provider) continue;
      v1::HistogramSeries& series = *group.add_services();
      series.set_service(names.service(service).str());
      const auto counts = by_service.of(service);
      series.mutable_counts()->Add(counts.begin(), counts.end());
    }
    const auto counts = distinct.of(provider);
    group.mutable_distinct()->Add(counts.begin(), counts.end());
    FillTest(counts, *group.mutable_chi_square());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> HistogramAnalysis::BinOf(const CellKey& cell) const {
  const std::optional<std::string> text = cell.Text("bin");
  if (!text) return cell.Complain("does not say 'bin'");
  const auto found = std::ranges::find(spec_.bins, *text, TextOf);
  if (found == spec_.bins.end()) {
    return cell.Complain(fmt::format("has '{}' for 'bin', but they are {} … {}", *text,
                                     TextOf(spec_.bins.front()), TextOf(spec_.bins.back())));
  }
  return static_cast<std::size_t>(found - spec_.bins.begin());
}

absl::StatusOr<std::vector<Snapshot::Row>> HistogramAnalysis::Cell(const AnalysisInput& input,
                                                                   const CellKey& cell) const {
  FAILS_RETURN_IF_ERROR(cell.Only({"service", "provider", "bin"}));
  FAILS_ASSIGN_OR_RETURN(const std::size_t bin, BinOf(cell));
  if (cell.Has("service") == cell.Has("provider")) {
    return cell.Complain("does not say one of 'service' and 'provider'");
  }
  const Names& names = input.snapshot.names();
  std::optional<ServiceIndex> service;
  std::optional<ProviderIndex> provider;
  if (cell.Has("service")) {
    FAILS_ASSIGN_OR_RETURN(service, cell.Service("service", names, input.query));
  } else {
    FAILS_ASSIGN_OR_RETURN(provider, cell.Provider("provider", names, input.query));
  }
  const ZoneClock clock = ClockOf(input.query);
  std::vector<Snapshot::Row> rows;
  for (const Snapshot::Row row : input.selection.rows) {
    const IncidentView incident = input.snapshot.at(row);
    if (provider && incident.provider() != *provider) continue;
    if (service && std::ranges::count(incident.services(), *service) == 0) continue;
    if (spec_.bin(clock.Local(incident.started(input.query.start))) == bin) rows.push_back(row);
  }
  return rows;
}

}  // namespace fails::analytics
