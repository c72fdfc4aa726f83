// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "services/gateway/events/hub.h"
#include "services/gateway/events/replay.h"
#include "services/gateway/routing/router.h"
#include "services/gateway/upstream/analytics_client.h"
#include "services/gateway/upstream/scraper_client.h"

namespace fails::gateway {

// What routes are made of. Outlives them.
struct Parts {
  AnalyticsClient& analytics;
  ScraperClient& scraper;
  Hub& hub;
  ReplayPool& replays;
  std::uint64_t import_bytes = 64 << 20;  // the longest file that is taken in
};

// Every route under /api, in the order of openapi.yaml (whose paths are compared with these by a
// test).
std::vector<routing::Route> AllRoutes(const Parts& parts);

}  // namespace fails::gateway
