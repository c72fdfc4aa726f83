// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "services/analytics/analyses/analysis.h"

namespace fails::analytics {

// Every analysis, in the order in which clients list them.
std::span<const Analysis* const> AllAnalyses();

// Null for an unknown id.
const Analysis* FindAnalysis(std::string_view id);

}  // namespace fails::analytics
