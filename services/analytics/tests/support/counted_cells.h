// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/analytics/analyses/analysis.h"

namespace fails::analytics::testing {

// A number of an answer that counts incidents, under the key by which a client asks for them.
struct CountedCell {
  std::string cell;
  std::int64_t count = 0;
};

// All such numbers of an answer, whatever its shape.
std::vector<CountedCell> CountedCells(const v1::Analysis& answer);

// The incidents behind the cell, as the process finds them.
absl::StatusOr<std::vector<Snapshot::Row>> RowsOfCell(const Analysis& analysis,
                                                      const Snapshot& snapshot, const Query& query,
                                                      const std::string& cell);

}  // namespace fails::analytics::testing
