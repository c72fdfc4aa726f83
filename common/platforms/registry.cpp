// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/registry.h"

#include <array>

#include "common/platforms/fails_incidents.h"
#include "common/platforms/fails_outages.h"
#include "common/platforms/ndjson.h"
#include "common/platforms/statuspage.h"

namespace fails::platforms {

std::span<const Platform* const> All() {
  static const std::array<const Platform*, 4> platforms = {
      &StatuspagePlatform(),
      &FailsIncidentsPlatform(),
      &FailsOutagesPlatform(),
      &NdjsonPlatform(),
  };
  return platforms;
}

const Platform* Find(std::string_view id) {
  for (const Platform* platform : All()) {
    if (platform->id() == id) return platform;
  }
  return nullptr;
}

}  // namespace fails::platforms
