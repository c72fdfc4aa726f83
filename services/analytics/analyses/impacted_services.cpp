// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/providers.h"
#include "services/analytics/domain/stats/shares.h"

namespace fails::analytics {
namespace {

using Services = std::vector<ServiceIndex>;  // ascending

// The services that an incident affects, as far as they are its own provider's, in `services`.
void ReadServices(const IncidentView& incident, const Names& names, Services& services) {
  services.clear();
  for (const ServiceIndex service : incident.services()) {
    if (names.provider_of(service) == incident.provider()) services.push_back(service);
  }
}

struct SetCount {
  std::vector<std::string> services;  // in the order of answers
  std::int64_t count = 0;
};

void Fill(const std::vector<SetCount>& sets, v1::ServiceSetsGroup& group) {
  std::int64_t n = 0;
  std::int64_t named = 0;
  std::map<std::size_t, std::int64_t> by_size;
  for (const SetCount& set : sets) {
    n += set.count;
    if (set.services.empty()) continue;
    named += set.count;
    by_size[set.services.size()] += set.count;
  }
  group.set_n(n);
  for (const SetCount& set : sets) {
    v1::ServiceSet& combination = *group.add_combinations();
    for (const std::string& service : set.services) combination.add_services(service);
    combination.set_count(set.count);
    combination.set_share(*stats::Share(static_cast<double>(set.count), static_cast<double>(n)));
  }
  for (const auto& [size, count] : by_size) {
    v1::ImpactRange& range = *group.add_impact_range();
    range.set_services(static_cast<std::int64_t>(size));
    range.set_count(count);
    range.set_share(*stats::Share(static_cast<double>(count), static_cast<double>(named)));
  }
}

class ImpactedServicesAnalysis final : public Analysis {
 public:
  std::string_view id() const override { return "impacted-services"; }
  std::string_view title() const override { return "Services affected together"; }
  std::string_view description() const override {
    return "Which services of a provider its incidents affect at once, and how many.";
  }
  v1::AnalysisShape shape() const override { return v1::ANALYSIS_SHAPE_SERVICE_SETS; }
  Demands demands(const Query&) const override { return {}; }

  std::string Method(const Query&) const override {
    return "Incidents of each provider by the exact set of its services that they affect, chosen "
           "or "
           "not; the empty set are those for which the provider named none. Each incident counts "
           "once. Most frequent first, ties by name. impact_range counts by the number of services "
           "affected; its shares are of the incidents that name a service. Left out and counted: "
           "maintenance and incidents with stages in the wrong order unless included.";
  }

  absl::Status Run(const AnalysisInput& input, v1::Analysis& answer) const override {
    const Names& names = input.snapshot.names();
    std::vector<absl::flat_hash_map<Services, std::int64_t>> counts(names.provider_count());
    Services services;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      ReadServices(incident, names, services);
      ++counts[incident.provider()][services];
    }
    std::vector<std::size_t> place(names.service_count());
    const std::vector<ServiceIndex> order = names.ServicesInOrder();
    for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    v1::ServiceSetsResult& result = *answer.mutable_service_sets();
    for (const ProviderIndex provider : ProvidersOf(input)) {
      if (input.cancelled()) return absl::CancelledError("the client went away");
      std::vector<SetCount> sets;
      for (const auto& [set, count] : counts[provider]) {
        Services ordered = set;
        std::ranges::sort(ordered, {}, [&](ServiceIndex service) { return place[service]; });
        sets.push_back({{}, count});
        for (const ServiceIndex service : ordered) {
          sets.back().services.push_back(names.service(service).str());
        }
      }
      std::ranges::sort(sets, [](const SetCount& a, const SetCount& b) {
        return a.count != b.count ? a.count > b.count : a.services < b.services;
      });
      v1::ServiceSetsGroup& group = *result.add_groups();
      group.set_provider(names.provider(provider).str());
      Fill(sets, group);
    }
    return absl::OkStatus();
  }

  // provider, and services (an exact set, "none" for the empty one) or count (how many).
  absl::StatusOr<std::vector<Snapshot::Row>> Cell(const AnalysisInput& input,
                                                  const CellKey& cell) const override {
    const Names& names = input.snapshot.names();
    FAILS_RETURN_IF_ERROR(cell.Only({"provider", "services", "count"}));
    FAILS_ASSIGN_OR_RETURN(const ProviderIndex provider,
                           cell.Provider("provider", names, input.query));
    FAILS_ASSIGN_OR_RETURN(const std::optional<double> count, cell.Number("count"));
    if (count && (*count < 1 || *count != std::floor(*count))) {
      return cell.Complain(
          fmt::format("has '{}' for 'count', which is no number of services", *cell.Text("count")));
    }
    FAILS_ASSIGN_OR_RETURN(const std::optional<Services> set, ReadSet(cell, names, provider));
    if (count && set) return cell.Complain("says both 'services' and 'count'");
    std::vector<Snapshot::Row> rows;
    Services services;
    for (const Snapshot::Row row : input.selection.rows) {
      const IncidentView incident = input.snapshot.at(row);
      if (incident.provider() != provider) continue;
      ReadServices(incident, names, services);
      if (set && services != *set) continue;
      if (count && static_cast<double>(services.size()) != *count) continue;
      rows.push_back(row);
    }
    return rows;
  }

 private:
  static absl::StatusOr<std::optional<Services>> ReadSet(const CellKey& cell, const Names& names,
                                                         ProviderIndex provider) {
    const std::optional<std::string> text = cell.Text("services");
    if (!text) return std::nullopt;
    Services set;
    if (*text == "none") return set;
    for (const absl::string_view id : absl::StrSplit(*text, ',')) {
      const auto service = names.Find(ServiceId(std::string(id)));
      if (!service || names.provider_of(*service) != provider) {
        return cell.Complain(fmt::format("has '{}' among 'services', which is no service of {}",
                                         std::string(id), names.provider(provider).str()));
      }
      set.push_back(*service);
    }
    std::ranges::sort(set);
    return set;
  }
};

}  // namespace

const Analysis& ImpactedServices() {
  static const ImpactedServicesAnalysis analysis;
  return analysis;
}

}  // namespace fails::analytics
