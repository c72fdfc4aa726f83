// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/domain/ids.h"

namespace fails::analytics {

using ProviderIndex = std::uint16_t;
using ServiceIndex = std::uint16_t;

// The providers and services that a snapshot speaks of, numbered. Numbers never change; those of
// the catalog come first, in its order. Answers list the catalog's in that order, and behind them
// what only the data knows, by id.
class Names {
 public:
  using Catalogued = std::vector<std::pair<ProviderId, std::vector<ServiceId>>>;
  explicit Names(const Catalogued& catalog = {});

  // The number of an id, a new one if it was not known. Throws std::length_error at 65,535 of a
  // kind.
  ProviderIndex Intern(const ProviderId& id);
  ServiceIndex Intern(const ServiceId& id);

  std::optional<ProviderIndex> Find(const ProviderId& id) const;
  std::optional<ServiceIndex> Find(const ServiceId& id) const;

  const ProviderId& provider(ProviderIndex index) const { return providers_[index]; }
  const ServiceId& service(ServiceIndex index) const { return services_[index]; }
  ProviderIndex provider_of(ServiceIndex index) const { return provider_of_[index]; }
  std::size_t provider_count() const { return providers_.size(); }
  std::size_t service_count() const { return services_.size(); }

  // All of them in the order of answers.
  std::vector<ProviderIndex> ProvidersInOrder() const;
  std::vector<ServiceIndex> ServicesInOrder() const;

 private:
  std::vector<ProviderId> providers_;
  std::vector<ServiceId> services_;
  std::vector<ProviderIndex> provider_of_;
  std::size_t catalog_providers_ = 0;
  std::size_t catalog_services_ = 0;
  absl::flat_hash_map<ProviderId, ProviderIndex> provider_index_;
  absl::flat_hash_map<ServiceId, ServiceIndex> service_index_;
};

}  // namespace fails::analytics
