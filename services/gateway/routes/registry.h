// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "services/gateway/events/hub.h"
#include "services/gateway/events/replay.h"
#include "services/gateway/routing/router.h"
#include "services/gateway/upstream/analytics_client.h"

namespace fails::gateway {

// What routes are made of. Outlives them.
struct Parts {
  AnalyticsClient& analytics;
  Hub& hub;
  ReplayPool& replays;
};

// Every route under /api, in the order of openapi.yaml (whose paths are compared with these by a
// test).
std::vector<routing::Route> AllRoutes(const Parts& parts);

}  // namespace fails::gateway
