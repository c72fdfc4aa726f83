// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "common/domain/levels.h"

namespace fails::platforms {

// The status that a label names: "Investigating", "In progress", "in_progress", "RESOLVED", …; a
// plain "Update" and whatever else is unknown.
IncidentStatus StatusFromLabel(std::string_view label);

// The status that a headline speaks of ("[RESOLVED] Errors", "API recovered", "API went down"),
// the furthest along of those it names; unknown when it names none.
IncidentStatus StatusInHeadline(std::string_view text);

}  // namespace fails::platforms
