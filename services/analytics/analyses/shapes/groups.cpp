// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/groups.h"

#include "common/base/status_macros.h"

namespace fails::analytics {

Groups::Groups(const AnalysisInput& input, GroupBy by) : by_(by) {
  const Names& names = input.snapshot.names();
  const auto add = [this](std::size_t index, const std::string& id) {
    place_[index] = ids_.size();
    ids_.push_back(id);
  };
  if (by == GroupBy::kService) {
    place_.assign(names.service_count(), kNowhere);
    for (const ServiceIndex service : input.query.services) {
      add(service, names.service(service).str());
    }
  } else {
    place_.assign(names.provider_count(), kNowhere);
    for (const ProviderIndex provider : ProvidersOf(input)) {
      add(provider, names.provider(provider).str());
    }
  }
}

absl::StatusOr<std::size_t> Groups::Find(const CellKey& cell, const AnalysisInput& input) const {
  const Names& names = input.snapshot.names();
  std::size_t index = 0;
  if (by_ == GroupBy::kService) {
    FAILS_ASSIGN_OR_RETURN(index, cell.Service("group", names, input.query));
  } else {
    FAILS_ASSIGN_OR_RETURN(index, cell.Provider("group", names, input.query));
  }
  if (place_[index] == kNowhere) {
    return cell.Complain("names a group that the answer does not have");
  }
  return place_[index];
}

}  // namespace fails::analytics
