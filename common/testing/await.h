// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "absl/time/time.h"

namespace fails::testing {

// Looks at `condition` until it holds or `timeout` has passed (a generous bound against hanging,
// not an assertion about speed). Returns whether it held.
bool Await(const std::function<bool()>& condition, absl::Duration timeout = absl::Seconds(30));

// Runs `work` on a thread of its own and returns whether it came back, by the same bound. One that
// hangs is left behind, and must not be given anything that dies before it.
bool Returns(std::function<void()> work, absl::Duration timeout = absl::Seconds(30));

}  // namespace fails::testing
