// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace fails::analytics {

// Asked now and then by long computations: true when nobody waits for the answer any more.
// Thread-safe and cheap.
using Cancelled = std::function<bool()>;

}  // namespace fails::analytics
