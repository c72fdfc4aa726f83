// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/app/incident_reader.h"

namespace fails::analytics {

// The incidents behind the numbers of analyses, a page at a time. Thread-safe.
class CellQueries {
 public:
  // `notice`: the catalog's.
  CellQueries(AnalysisRunner& runner, IncidentReader& reader, std::string notice)
      : runner_(runner), reader_(reader), notice_(std::move(notice)) {}

  // Newest start first (of the query's `start`), then by id. Errors as AnalysisRunner::Cell and
  // IncidentReader; INVALID_ARGUMENT for a limit out of bounds and for a cursor of another cell or
  // query. A cursor says where a page ended, not at which version of the data: the next page goes
  // on there in what is known by then.
  absl::StatusOr<v1::ListCellIncidentsResponse> List(const v1::ListCellIncidentsRequest& request,
                                                     const Cancelled& cancelled);

 private:
  AnalysisRunner& runner_;
  IncidentReader& reader_;
  const std::string notice_;
};

}  // namespace fails::analytics
