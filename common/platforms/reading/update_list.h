// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/domain/stages.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {

// The updates that several platforms write into a feed item, newest first:
//   <p><small>Jun  8, 18:09 UTC</small><br><strong>Resolved</strong> - text</p> …
// The year is missing: it is chosen so that the oldest stands nearest to `published` and each next
// one nearest to the one before it. Without a zone label the offset of `published` holds. Empty
// when the HTML is of another form.
std::vector<Update> ReadUpdateList(std::string_view html, const ZonedTime& published);

// The year in which month, day and clock come nearest to `anchor`.
absl::CivilSecond NearestYear(int month, int day, int hour, int minute, absl::CivilSecond anchor);

}  // namespace fails::platforms
