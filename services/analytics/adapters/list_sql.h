// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

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

}  // namespace fails::analytics
