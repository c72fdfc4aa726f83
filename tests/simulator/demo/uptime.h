// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boost/json/object.hpp"
#include "tests/simulator/demo/world.h"

namespace fails::simulator {

// window.uptimeData of the page: for each component the last 90 days in the page's zone, oldest
// first, with the seconds of partial (p) and major (m) outage and the incidents behind them.
// Seconds under several incidents count once, as the worst.
boost::json::object UptimeData(const PageView& view);

}  // namespace fails::simulator
