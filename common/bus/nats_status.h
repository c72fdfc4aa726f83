// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nats/nats.h>

#include <string_view>

#include "absl/status/status.h"

namespace fails::bus {

// The library's status in ours, with what it says about its last error. `doing` is what failed.
// Everything that passes by itself (no server, no answer) is UNAVAILABLE.
absl::Status ToStatus(natsStatus status, std::string_view doing, jsErrCode code = jsErrCode{});

}  // namespace fails::bus
