// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

// Rows of incidents.incident with their updates and intervals -> incidents. DATA_LOSS when a row
// cannot be one.
absl::StatusOr<StoredIncidents> IncidentsFromRows(const pqxx::result& incidents,
                                                  const pqxx::result& updates,
                                                  const pqxx::result& intervals);

// JSON arrays for json_to_recordset: one statement writes a whole document's rows. The version is
// not among them: it is drawn late.
std::string IncidentRowsJson(std::span<const Change> changes);
std::string UpdateRowsJson(std::span<const Change> changes);
std::string IntervalRowsJson(std::span<const Change> changes);

}  // namespace fails::normalizer
