// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/providers.h"

#include <vector>

namespace fails::analytics {

std::vector<ProviderIndex> ProvidersOf(const AnalysisInput& input) {
  const Names& names = input.snapshot.names();
  std::vector<bool> present(names.provider_count());
  for (const ServiceIndex service : input.query.services) {
    present[names.provider_of(service)] = true;
  }
  for (const Snapshot::Row row : input.selection.rows) {
    present[input.snapshot.at(row).provider()] = true;
  }
  std::vector<ProviderIndex> providers = names.ProvidersInOrder();
  std::erase_if(providers, [&](ProviderIndex provider) { return !present[provider]; });
  return providers;
}

}  // namespace fails::analytics
