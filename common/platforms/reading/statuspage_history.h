// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace fails::platforms {

// A page of Statuspage's history: three months of incidents by name, impact and minute. It holds
// neither updates nor components and no state, so nothing is reported from it: a document for each
// incident does that. What counts here is which incidents there are.
struct StatuspageHistory {
  std::vector<std::string> codes;  // in the order of the page, distinct
  std::vector<std::string> problems;
  // When the first of the page's components began to be watched, by its own account.
  std::optional<absl::CivilMonth> since;
  // The oldest month shown; absent: none is, as behind the end of the history.
  std::optional<absl::CivilMonth> oldest;
};

// JSON ({"months": […]}), or the HTML page in which the same object is the HistoryIndex's
// data-react-props. INVALID_ARGUMENT says what came instead.
absl::StatusOr<StatuspageHistory> ReadStatuspageHistory(std::string_view body);

}  // namespace fails::platforms
