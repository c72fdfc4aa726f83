// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/analytics/app/export_reader.h"
#include "services/analytics/domain/listing/filter.h"

namespace fails::analytics {

// A statement and its parameters: text of the client stands in the parameters only.
struct Statement {
  std::string sql;
  std::vector<std::string> parameters;  // $1, $2 …
};

// The rows of v1_incident that the filter lets through, in its order, those after `after` only, at
// most `limit`.
Statement ListStatement(const IncidentFilter& filter, const std::optional<ListPosition>& after,
                        int limit);

// How many the filter lets through.
Statement CountStatement(const IncidentFilter& filter);

// Declares the cursor `export_rows` over everything that the filter lets through, oldest first.
Statement ExportStatement(const IncidentFilter& filter);
// The same for days of the calendars, by service and date.
Statement ExportStatement(const OutageDayFilter& filter);

}  // namespace fails::analytics
