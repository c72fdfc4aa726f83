// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/platforms/platform.h"

namespace fails::platforms {

const Platform& CloudflareStatusPlatform();

}  // namespace fails::platforms
