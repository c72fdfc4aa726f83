// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "absl/time/time.h"

namespace fails::testing {

// Looks at `condition` until it holds or `timeout` has passed (a generous bound against hanging,
// not an assertion about speed). Returns whether it held.
bool Await(const std::function<bool()>& condition, absl::Duration timeout = absl::Seconds(30));

}  // namespace fails::testing
