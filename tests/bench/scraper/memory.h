// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/scraper/page_site.h"

namespace fails::bench {

struct MemoryUse {
  double before_mb = 0;  // the process before it watches anything
  double now_mb = 0;     // resident, once all pages are known
  double most_mb = 0;    // the most it ever was, asked for its metrics too
};

// One whole scraper (as its wiring puts it together, without the gRPC server) on a private NATS
// watches the pages, each on a host of its own, until every document of each was published and then
// asked for again by its validators.
MemoryUse MeasureMemory(const PageSite& site, int pages);

}  // namespace fails::bench
