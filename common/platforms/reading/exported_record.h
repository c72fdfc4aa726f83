// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "common/platforms/platform.h"

namespace fails::platforms {

// Adds what one line of our own export says to `parsed`: a report or an outage day. Keys that we do
// not know, and those that follow from others, are passed over; an unreadable time of an update or
// an interval is a problem of `parsed`. INVALID_ARGUMENT: it is neither an incident nor a day.
absl::Status ReadExportedRecord(std::string_view line, Parsed& parsed);

}  // namespace fails::platforms
