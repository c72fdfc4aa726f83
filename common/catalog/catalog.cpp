// SPDX-License-Identifier: Apache-2.0
#include "common/catalog/catalog.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/text.h"

namespace fails::catalog {
namespace {

std::string LettersAndDigits(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || absl::ascii_isalnum(byte)) kept += absl::ascii_tolower(byte);
  }
  return kept;
}

}  // namespace

const Provider* Catalog::FindProvider(const ProviderId& id) const {
  const auto it = std::ranges::find(providers_, id, &Provider::id);
  return it == providers_.end() ? nullptr : &*it;
}

const Provider* Catalog::ProviderNamed(std::string_view name) const {
  if (const Provider* provider = FindProvider(ProviderId(std::string(name)))) return provider;
  const std::string wanted = LettersAndDigits(name);
  if (wanted.empty()) return nullptr;
  for (const Provider& provider : providers_) {
    const auto matches = [&](const std::string& own) { return LettersAndDigits(own) == wanted; };
    if (matches(provider.id.str()) || matches(provider.name) ||
        std::ranges::any_of(provider.aliases, matches)) {
      return &provider;
    }
  }
  return nullptr;
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
    if (service.id.str() == component.id) return &service;
    for (const ComponentMatch& match : service.components) {
      if (!match.id.empty() && match.id == component.id) return &service;
      if (by_name || match.name.empty()) continue;
      if (absl::EqualsIgnoreCase(match.name, component.name)) by_name = &service;
    }
  }
  return by_name;
}

bool Catalog::IsMadeAnew(const ProviderId& provider, const ComponentRef& component) const {
  const Service* service = MapComponent(provider, component);
  if (!service || component.id.empty() || service->id.str() == component.id) return false;
  bool other_id = false;
  for (const ComponentMatch& match : service->components) {
    if (match.id == component.id) return false;
    if (match.id.empty()) continue;
    other_id = other_id || absl::EqualsIgnoreCase(match.name, component.name);
  }
  return other_id;
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
