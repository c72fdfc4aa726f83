// SPDX-License-Identifier: Apache-2.0
#include "common/catalog/catalog.h"

#include <algorithm>

namespace fails::catalog {

const Provider* Catalog::FindProvider(const ProviderId& id) const {
  const auto it = std::ranges::find(providers_, id, &Provider::id);
  return it == providers_.end() ? nullptr : &*it;
}

const Service* Catalog::FindService(const ServiceId& id) const {
  for (const Provider& provider : providers_) {
    const auto it = std::ranges::find(provider.services, id, &Service::id);
    if (it != provider.services.end()) return &*it;
  }
  return nullptr;
}

const Page* Catalog::FindPage(const PageId& id) const {
  for (const Provider& provider : providers_) {
    const auto it = std::ranges::find(provider.pages, id, &Page::id);
    if (it != provider.pages.end()) return &*it;
  }
  return nullptr;
}

const Service* Catalog::MapComponent(const ProviderId& provider_id,
                                     const ComponentRef& component) const {
  const Provider* provider = FindProvider(provider_id);
  if (!provider) return nullptr;
  // Ids are certain, names can repeat or change: a match by id anywhere beats a match by name.
  const Service* by_name = nullptr;
  for (const Service& service : provider->services) {
    for (const ComponentMatch& match : service.components) {
      if (!match.id.empty() && match.id == component.id) return &service;
      if (!by_name && !match.name.empty() && match.name == component.name) by_name = &service;
    }
  }
  return by_name;
}

std::vector<const Page*> Catalog::Pages() const {
  std::vector<const Page*> pages;
  for (const Provider& provider : providers_) {
    for (const Page& page : provider.pages) pages.push_back(&page);
  }
  return pages;
}

std::vector<const Service*> Catalog::Services() const {
  std::vector<const Service*> services;
  for (const Provider& provider : providers_) {
    for (const Service& service : provider.services) services.push_back(&service);
  }
  return services;
}

}  // namespace fails::catalog
