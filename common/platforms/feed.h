// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/platforms/platform.h"

namespace fails::platforms {

// Any status page that has a feed. A page of the catalog best names the feed itself
// ("https://status.example.com/feed.rss"); for any other address the usual places are asked.
const Platform& FeedPlatform();

}  // namespace fails::platforms
