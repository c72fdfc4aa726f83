// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/analyses/shapes/providers.h"

namespace fails::analytics {

enum class GroupBy { kService, kProvider };

// The groups of an answer, in its order: the chosen services, or the providers.
class Groups {
 public:
  Groups(const AnalysisInput& input, GroupBy by);

  std::size_t size() const { return ids_.size(); }
  const std::string& id(std::size_t group) const { return ids_[group]; }

  // Calls `visit(group)` for each group in which the incident stands: its chosen services, or its
  // provider, once.
  template <class Visit>
  void ForEachOf(const IncidentView& incident, Visit visit) const {
    if (by_ == GroupBy::kProvider) {
      visit(place_[incident.provider()]);
      return;
    }
    for (const ServiceIndex service : incident.services()) {
      if (place_[service] != kNowhere) visit(place_[service]);
    }
  }

  // The group under the key "group" of a cell.
  absl::StatusOr<std::size_t> Find(const CellKey& cell, const AnalysisInput& input) const;

 private:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  GroupBy by_;
  std::vector<std::string> ids_;
  std::vector<std::size_t> place_;  // by ServiceIndex or ProviderIndex
};

}  // namespace fails::analytics
