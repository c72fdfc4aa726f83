// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "services/analytics/analyses/analysis.h"

namespace fails::analytics {

// The providers that an answer has groups for: those of a chosen service, and those of a selected
// incident. In the order of answers.
std::vector<ProviderIndex> ProvidersOf(const AnalysisInput& input);

}  // namespace fails::analytics
