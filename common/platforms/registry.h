// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "common/platforms/platform.h"

namespace fails::platforms {

// Every platform we can read, in one visible array.
std::span<const Platform* const> All();

// Null for an unknown id.
const Platform* Find(std::string_view id);

}  // namespace fails::platforms
