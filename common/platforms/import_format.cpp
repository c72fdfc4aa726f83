// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/import_format.h"

#include <fmt/format.h>

#include <array>

#include "common/platforms/fails_incidents.h"
#include "common/platforms/fails_outages.h"
#include "common/platforms/ndjson.h"
#include "common/platforms/reading/text.h"

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

std::string PieceUrl(std::string_view file, std::size_t number, const ImportPiece& piece) {
  if (piece.lines_before == 0) return fmt::format("{}/{}", file, number);
  return fmt::format("{}/{}+{}", file, number, piece.lines_before);
}

std::size_t LinesBefore(std::string_view url) {
  const std::size_t slash = url.rfind('/');
  const std::size_t plus = url.rfind('+');
  if (slash == std::string_view::npos || plus == std::string_view::npos || plus < slash) return 0;
  return static_cast<std::size_t>(Number(url.substr(plus + 1)).value_or(0));
}

}  // namespace fails::platforms
