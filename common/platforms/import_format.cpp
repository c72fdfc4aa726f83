// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/import_format.h"

#include <array>

#include "common/platforms/fails_incidents.h"
#include "common/platforms/fails_outages.h"
#include "common/platforms/ndjson.h"

namespace fails::platforms {

std::span<const ImportFormat* const> AllImportFormats() {
  static const std::array<const ImportFormat*, 3> formats = {
      &FailsIncidentsPlatform(),
      &FailsOutagesPlatform(),
      &NdjsonPlatform(),
  };
  return formats;
}

const ImportFormat* FindImportFormat(std::string_view id) {
  for (const ImportFormat* format : AllImportFormats()) {
    if (format->id() == id) return format;
  }
  return nullptr;
}

}  // namespace fails::platforms
