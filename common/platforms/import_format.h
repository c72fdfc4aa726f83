// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace fails::platforms {

// The page that imported documents belong to: no page of the catalog. Their reports say themselves
// which provider they speak of.
inline constexpr std::string_view kImportPage = "import";

// A part of a file, which Parse() reads by itself.
struct ImportPiece {
  std::string bytes;
  // To be added to the number of one of its lines, to have the file's.
  std::size_t lines_before = 0;
};

// A kind of file that can be imported. Its pieces are documents of the platform of the same id
// (common/platforms/registry.h), which asks no page for anything: same road as every other
// document. Stateless and thread-safe.
class ImportFormat {
 public:
  virtual ~ImportFormat() = default;

  virtual std::string_view id() const = 0;            // "fails-incidents"
  virtual std::string_view content_type() const = 0;  // "text/csv"

  // Cuts a file into documents of at most `max_bytes`, each of which Parse() reads by itself.
  // INVALID_ARGUMENT says what is wrong with the file as a whole (no header, a column that is
  // missing, a record larger than that), with its line.
  virtual absl::StatusOr<std::vector<ImportPiece>> Split(std::string_view file,
                                                         std::size_t max_bytes) const = 0;
};

std::span<const ImportFormat* const> AllImportFormats();

// Null for an unknown id.
const ImportFormat* FindImportFormat(std::string_view id);

// The address of a piece as a document: "<file>/3", or "<file>/3+2000" where 2000 lines of the file
// stand before it. So whoever reads the document names the lines of the file.
std::string PieceUrl(std::string_view file, std::size_t number, const ImportPiece& piece);

// Of the piece at this address; 0 for any other address.
std::size_t LinesBefore(std::string_view url);

}  // namespace fails::platforms
