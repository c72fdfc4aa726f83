// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/component_book.h"

#include "common/base/utf8.h"

namespace fails::normalizer {

ComponentBook BookOf(const std::vector<platforms::ComponentStatus>& components) {
  ComponentBook book;
  for (const auto& [component, status, group] : components) {
    if (component.id.empty()) continue;
    book.try_emplace(
        RepairUtf8(component.id),
        KnownComponent{RepairUtf8(component.name), {RepairUtf8(group.id), RepairUtf8(group.name)}});
  }
  return book;
}

ComponentRef Named(const ComponentRef& component, const ComponentBook& book) {
  if (!component.name.empty()) return component;
  const auto known = book.find(component.id);
  return known == book.end() ? component : ComponentRef{component.id, known->second.name};
}

const catalog::Service* FindService(const catalog::Catalog& catalog, const ProviderId& provider,
                                    const ComponentRef& component, const ComponentBook& book) {
  if (const auto* service = catalog.MapComponent(provider, Named(component, book))) return service;
  const auto known = book.find(component.id);
  return known == book.end() ? nullptr : catalog.MapComponent(provider, known->second.group);
}

}  // namespace fails::normalizer
