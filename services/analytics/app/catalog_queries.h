// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "fails/v1/incident_service.pb.h"
#include "services/analytics/analyses/analysis.h"
#include "services/analytics/app/page_health_source.h"
#include "services/analytics/domain/snapshot/names.h"

namespace fails::analytics {

// The catalog as IncidentService shows it, pages with their health. Thread-safe.
class CatalogQueries {
 public:
  CatalogQueries(const catalog::Catalog& catalog, const PageHealthSource& health,
                 const Clock& clock)
      : catalog_(catalog), health_(health), clock_(clock) {}

  v1::ListProvidersResponse ListProviders() const;
  // INVALID_ARGUMENT for an unknown provider; empty asks for all.
  absl::StatusOr<v1::ListServicesResponse> ListServices(const std::string& provider) const;
  v1::ListPagesResponse ListPages() const;
  // How many active pages each provider has, and from how many of them nothing was read for so long
  // that what is known may be out of date. By ProviderIndex.
  std::vector<SourceCount> CountSources(const Names& names) const;

 private:
  const catalog::Catalog& catalog_;
  const PageHealthSource& health_;
  const Clock& clock_;
};

// The catalog's providers and services, numbered for snapshots.
Names NamesOf(const catalog::Catalog& catalog);

// For how long what was read from a page still holds: ten of its intervals, at least ten minutes.
absl::Duration PatienceWith(absl::Duration interval);

// The health of an active page as it reads at `now`: nothing has been heard for so long that what
// was said last no longer holds, so it is stale, also when the scraper itself is gone. A failure
// that is still being reported keeps its more telling word.
v1::PageHealth HealthAt(absl::Time now, absl::Duration interval, v1::PageHealth reported);

}  // namespace fails::analytics
