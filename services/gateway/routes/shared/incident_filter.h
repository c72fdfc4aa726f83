// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/incident_service.pb.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {

// Which incidents a client asks for, the same for lists and exports: provider, service, impact,
// status, ongoing, from, to, q, include. What is wrong with them stands in `params`.
v1::ListIncidentsRequest ReadIncidentFilter(routing::Params& params);

}  // namespace fails::gateway
