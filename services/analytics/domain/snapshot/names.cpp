// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/names.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace fails::analytics {
namespace {

template <class Index, class Id>
std::vector<Index> InOrder(const std::vector<Id>& ids, std::size_t catalogued) {
  std::vector<Index> order(ids.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin() + static_cast<std::ptrdiff_t>(catalogued), order.end(),
            [&](Index a, Index b) { return ids[a] < ids[b]; });
  return order;
}

template <class Index, class Id>
Index NextIndex(const std::vector<Id>& ids) {
  if (ids.size() >= std::numeric_limits<Index>::max()) {
    throw std::length_error("more providers or services than an index can number");
  }
  return static_cast<Index>(ids.size());
}

template <class Map, class Id>
std::optional<typename Map::mapped_type> FindIn(const Map& map, const Id& id) {
  const auto it = map.find(id);
  if (it == map.end()) return std::nullopt;
  return it->second;
}

}  // namespace

Names::Names(const Catalogued& catalog) {
  for (const auto& [provider, services] : catalog) Intern(provider);
  for (const auto& [provider, services] : catalog) {
    for (const ServiceId& service : services) Intern(service);
  }
  catalog_providers_ = providers_.size();
  catalog_services_ = services_.size();
}

ProviderIndex Names::Intern(const ProviderId& id) {
  if (const auto known = Find(id)) return *known;
  const auto index = NextIndex<ProviderIndex>(providers_);
  providers_.push_back(id);
  provider_index_.emplace(id, index);
  return index;
}

ServiceIndex Names::Intern(const ServiceId& id) {
  if (const auto known = Find(id)) return *known;
  const auto index = NextIndex<ServiceIndex>(services_);
  provider_of_.push_back(Intern(ProviderId(id.str().substr(0, id.str().find('/')))));
  services_.push_back(id);
  service_index_.emplace(id, index);
  return index;
}

std::optional<ProviderIndex> Names::Find(const ProviderId& id) const {
  return FindIn(provider_index_, id);
}

std::optional<ServiceIndex> Names::Find(const ServiceId& id) const {
  return FindIn(service_index_, id);
}

std::vector<ProviderIndex> Names::ProvidersInOrder() const {
  return InOrder<ProviderIndex>(providers_, catalog_providers_);
}

std::vector<ServiceIndex> Names::ServicesInOrder() const {
  return InOrder<ServiceIndex>(services_, catalog_services_);
}

}  // namespace fails::analytics
