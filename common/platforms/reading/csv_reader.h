// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/platforms/import_format.h"

namespace fails::platforms {

struct CsvRecord {
  std::vector<std::string> fields;
  std::size_t line = 0;            // of its first byte, from 1
  std::size_t begin = 0, end = 0;  // bytes of the text, the line's end included
};

// RFC 4180, with line ends of any kind; a quoted field can hold them too. Blank lines are no
// records. INVALID_ARGUMENT: a quote that is never closed, with its line.
absl::StatusOr<std::vector<CsvRecord>> ReadCsv(std::string_view text);

// A CSV file whose first record names the columns.
class CsvTable {
 public:
  // `lines_before` is added to the lines of the records. INVALID_ARGUMENT: no header, or one
  // without some of the `required` columns.
  static absl::StatusOr<CsvTable> Read(std::string_view text,
                                       std::span<const std::string_view> required,
                                       std::size_t lines_before = 0);

  const CsvRecord& header() const { return header_; }
  const std::vector<CsvRecord>& records() const { return records_; }

  // Without spaces around it; empty when there is no such column or the record ends before it.
  std::string_view Field(const CsvRecord& record, std::string_view column) const;
  std::string_view Field(const CsvRecord& record, std::size_t column) const;

 private:
  CsvRecord header_;
  std::vector<CsvRecord> records_;
  std::map<std::string, std::size_t, std::less<>> columns_;
};

// Cuts a file into files of at most `max_bytes`, each with the header and whole records.
// INVALID_ARGUMENT as above, for a file without records, and for a record that is larger than that.
absl::StatusOr<std::vector<ImportPiece>> SplitCsv(std::string_view file, std::size_t max_bytes,
                                                  std::span<const std::string_view> required);

}  // namespace fails::platforms
