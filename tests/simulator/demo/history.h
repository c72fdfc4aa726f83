// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "boost/json/array.hpp"
#include "tests/simulator/demo/world.h"

namespace fails::simulator {

// The `months` of /history.json?page=N: three months a page, newest first, page 1 ends with the
// current one. Pages never end; those before the first incident hold empty months.
boost::json::array HistoryMonths(const PageView& view, int page);

}  // namespace fails::simulator
