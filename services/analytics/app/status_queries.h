// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "fails/v1/incident_service.pb.h"
#include "services/analytics/app/page_health_source.h"
#include "services/analytics/app/snapshot_keeper.h"
#include "services/analytics/app/status_reader.h"

namespace fails::analytics {

// How the services of the catalog do now, and when that changed. Thread-safe.
class StatusQueries {
 public:
  StatusQueries(StatusReader& reader, const catalog::Catalog& catalog,
                const PageHealthSource& health, const SnapshotKeeper& keeper, const Clock& clock)
      : reader_(reader), catalog_(catalog), health_(health), keeper_(keeper), clock_(clock) {}

  // Every service of the catalog, in its order. Unknown where no page ever said anything, and where
  // the page that did has not been read for so long that nobody can vouch for it any more (since
  // then). INVALID_ARGUMENT for an unknown provider, UNAVAILABLE without database or snapshot.
  absl::StatusOr<v1::ListServiceStatesResponse> ListStates(
      const v1::ListServiceStatesRequest& request);

  // Newest first. INVALID_ARGUMENT names every bad field with its value.
  absl::StatusOr<v1::ListServiceStatusChangesResponse> ListChanges(
      const v1::ListServiceStatusChangesRequest& request);

 private:
  // What the page said, as far as it still holds at `now`.
  void Doubt(absl::Time now, v1::ServiceState& state) const;

  StatusReader& reader_;
  const catalog::Catalog& catalog_;
  const PageHealthSource& health_;
  const SnapshotKeeper& keeper_;
  const Clock& clock_;
};

// The ids of ongoing incidents by the service they affect, newest start first; maintenance
// included.
absl::flat_hash_map<std::string, std::vector<std::string>> OngoingByService(
    const Snapshot& snapshot);

}  // namespace fails::analytics
