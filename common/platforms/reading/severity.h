// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "common/domain/levels.h"
#include "common/domain/service_status.h"

namespace fails::platforms {

// The state that a platform's word for a component means, any case, with or without '_', '-' and
// spaces: "operational", "degraded_performance", "PARTIALOUTAGE", "full_outage", "downtime",
// "under_maintenance", … A word that is not known is unknown, and so is "not_monitored".
ServiceStatus StateFromWord(std::string_view word);

// What an incident does to its users when the worst of its components is in this state: major
// outage is critical, partial outage major, degraded minor, operational none.
Impact ImpactOf(ServiceStatus worst);

}  // namespace fails::platforms
