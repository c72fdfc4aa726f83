// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/domain/report.h"

namespace fails::platforms {

// An incident's page of Statuspage as HTML, at ".../incidents/<code>": minutes instead of seconds,
// no ids of components, and updates that repeat a status read "Update". For when its JSON cannot be
// had. INVALID_ARGUMENT says what is missing.
absl::StatusOr<Report> ReadStatuspageIncidentPage(std::string_view html, std::string_view url,
                                                  std::vector<std::string>& problems);

// The pieces of "A, B (b, c), and D", or of "A and B": split outside of parentheses only.
std::vector<std::string_view> SplitList(std::string_view text);

// The names in "This incident affected: A, B (b), and C.": split as above, and a
// group that lists several in parentheses stands for these.
std::vector<ComponentRef> AffectedComponents(std::string_view sentence);

// "Posted 2 years ago. Aug 30, 2022 - 11:57 PDT". Absent when it is no time.
std::optional<absl::Time> PostedAt(std::string_view text);

}  // namespace fails::platforms
