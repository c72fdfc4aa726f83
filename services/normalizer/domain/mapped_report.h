// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog/catalog.h"
#include "common/domain/ids.h"
#include "common/domain/impact_interval.h"
#include "common/domain/report.h"
#include "services/normalizer/domain/component_book.h"
#include "services/normalizer/domain/source.h"

namespace fails::normalizer {

// A report whose components have become services of the catalog.
struct MappedReport {
  ProviderId provider;
  PageId page;
  Report report;  // its text repaired to valid UTF-8 without NUL
  std::optional<std::vector<ServiceId>>
      services;                    // absent: the document lists no components at all
  bool unknown_component = false;  // it names one that the catalog lacks
  bool broad = false;  // more than 15 components, or every service of a provider that has 8 or more
  // Of a page of many products and of none of our services: not taken in, unless it was before.
  bool of_others = false;
  // Absent: the document says nothing of when which service was affected. Components of one service
  // that were affected alike are one interval.
  std::optional<std::vector<ImpactInterval>> impact_intervals = {};

  IncidentId id() const { return IncidentId(provider.str() + "/" + report.native_id); }
};

// The provider that a piece of a document speaks of: the page's, for an import the one that is
// named, by its id, its name or an alias. INVALID_ARGUMENT when an import names none, or one that
// the catalog lacks.
absl::StatusOr<ProviderId> ProviderOf(const catalog::Catalog& catalog, const Source& source,
                                      const std::string& named);

// How a component is called in words: its name, or its id if it has none. Valid UTF-8.
std::string NameOf(const ComponentRef& component);

// INVALID_ARGUMENT, quoting it, for a report that cannot be an incident: no id, a time outside
// 1990 … 2200, an import without a known provider. An import names services by their full ids:
// those of its provider are kept even where the catalog lacks them, others are left out and
// flagged. `book`: what the page has told of its components.
absl::StatusOr<MappedReport> MapServices(const catalog::Catalog& catalog, const Source& source,
                                         Report report, const ComponentBook& book = {});

}  // namespace fails::normalizer
