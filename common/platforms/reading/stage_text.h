// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "common/domain/levels.h"

namespace fails::platforms {

// The stage that a message announces in prose, for platforms that state none: "We are investigating
// …", "… has been identified", "… is now resolved". The furthest along of those it speaks of.
// What is only promised ("until this is resolved", "has not been resolved") announces nothing.
// Unknown when there is none.
IncidentStatus StageInText(std::string_view message);

}  // namespace fails::platforms
