// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/platforms/reading/import_platform.h"

namespace fails::platforms {

const ImportPlatform& FailsOutagesPlatform();

}  // namespace fails::platforms
