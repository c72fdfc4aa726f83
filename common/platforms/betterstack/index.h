// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include "common/platforms/platform.h"

namespace fails::platforms::betterstack {

// /index.json (JSON:API): resources with their calendars, and the newest status reports. Older
// reports drop out of it, so that it lists nothing completely. Reports have no stages but a
// beginning, an end and messages.
Parsed ReadIndex(const boost::json::object& document, absl::Time fetched_at);

}  // namespace fails::platforms::betterstack
