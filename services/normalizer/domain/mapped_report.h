// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "common/catalog/catalog.h"
#include "common/domain/ids.h"
#include "common/domain/report.h"

namespace fails::normalizer {

// A report whose components have become services of the catalog.
struct MappedReport {
  ProviderId provider;
  PageId page;
  Report report;  // its text repaired to valid UTF-8 without NUL
  std::optional<std::vector<ServiceId>>
      services;                    // absent: the document lists no components at all
  bool unknown_component = false;  // it names one that the catalog lacks

  IncidentId id() const { return IncidentId(provider.str() + "/" + report.native_id); }
};

MappedReport MapServices(const catalog::Catalog& catalog, const catalog::Page& page, Report report);

}  // namespace fails::normalizer
