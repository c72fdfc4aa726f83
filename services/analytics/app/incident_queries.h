// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog/catalog.h"
#include "fails/v1/incident_service.pb.h"
#include "services/analytics/app/export_reader.h"
#include "services/analytics/app/incident_reader.h"
#include "services/analytics/app/snapshot_keeper.h"

namespace fails::analytics {

// The lists, single incidents and exports of IncidentService. Thread-safe.
class IncidentQueries {
 public:
  IncidentQueries(IncidentReader& reader, ExportReader& exports, const catalog::Catalog& catalog,
                  const SnapshotKeeper& keeper)
      : reader_(reader), exports_(exports), catalog_(catalog), keeper_(keeper) {}

  // INVALID_ARGUMENT names every bad field with its value: a provider or service that neither the
  // catalog nor the data knows, an enumerator that does not exist, from >= to, a limit out of
  // bounds, a cursor of another list.
  absl::StatusOr<v1::ListIncidentsResponse> List(const v1::ListIncidentsRequest& request);

  // NOT_FOUND when the id is unknown.
  absl::StatusOr<v1::GetIncidentResponse> Get(const v1::GetIncidentRequest& request);

  // Everything in portions, as ExportReader; a bad request is refused before the first.
  absl::Status Export(const v1::ExportIncidentsRequest& request,
                      const ExportReader::Take<v1::ExportIncidentsResponse>& take);
  absl::Status Export(const v1::ExportOutageDaysRequest& request,
                      const ExportReader::Take<v1::ExportOutageDaysResponse>& take);

 private:
  absl::StatusOr<IncidentFilter> FilterOf(const v1::ListIncidentsRequest& request) const;
  // Adds a complaint for each that neither the catalog nor the data knows.
  void CheckIds(const std::vector<std::string>& providers, const std::vector<std::string>& services,
                std::vector<std::string>& problems) const;
  bool KnowsProvider(const std::string& id) const;
  bool KnowsService(const std::string& id) const;

  IncidentReader& reader_;
  ExportReader& exports_;
  const catalog::Catalog& catalog_;
  const SnapshotKeeper& keeper_;
};

}  // namespace fails::analytics
