// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/catalog/catalog.h"
#include "common/domain/ids.h"
#include "common/domain/report.h"
#include "common/platforms/platform.h"

namespace fails::normalizer {

// A component as its page describes it where it lists its components.
struct KnownComponent {
  std::string name;
  ComponentRef group;  // that it belongs to; empty: none

  friend bool operator==(const KnownComponent&, const KnownComponent&) = default;
};

// What a page's lists of components have told, by the page's own id. The documents that tell of
// incidents may name components by these ids alone (incident.io), and never name their groups.
using ComponentBook = std::map<std::string, KnownComponent>;

// What one document tells of components that have an id; of two with one id the first. Valid UTF-8.
ComponentBook BookOf(const std::vector<platforms::ComponentStatus>& components);

// The component with what the book knows of it: where it bears no name, the book's.
ComponentRef Named(const ComponentRef& component, const ComponentBook& book);

// The service that a component stands for: its own (by id, then by name), else its group's. Null
// when the catalog knows neither.
const catalog::Service* FindService(const catalog::Catalog& catalog, const ProviderId& provider,
                                    const ComponentRef& component, const ComponentBook& book);

}  // namespace fails::normalizer
