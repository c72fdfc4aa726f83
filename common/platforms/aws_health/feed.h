// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/platforms/platform.h"
#include "common/platforms/reading/feed_reader.h"

namespace fails::platforms::aws_health {

// /rss/<service>-<region>.rss and /rss/all.rss: an item for each update, whose guid names service,
// region and second. Items of one service and one title, apart from what is put before it, make one
// event, until one of them says that it is over.
Parsed ReadEventFeed(const Feed& feed);

}  // namespace fails::platforms::aws_health
