// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/csv_reader.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "common/base/status_macros.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

struct Collector {
  std::vector<CsvRecord> records;
  std::vector<std::string> fields;
  bool record_done = false;
};

void OnField(void* field, std::size_t size, void* data) {
  auto& fields = static_cast<Collector*>(data)->fields;
  fields.emplace_back(static_cast<const char*>(field), size);
}

void OnRecord(int, void* data) {
  static_cast<Collector*>(data)->record_done = true;
}

std::string_view WithoutMark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

// Whether a line ends with the byte at `i`: "\n", "\r\n" or "\r".
bool EndsLine(std::string_view text, std::size_t i) {
  return text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
}

std::size_t LineEnds(std::string_view text) {
  std::size_t ends = 0;
  for (std::size_t i = 0; i < text.size(); ++i) ends += EndsLine(text, i) ? 1 : 0;
  return ends;
}

}  // namespace

absl::StatusOr<std::vector<CsvRecord>> ReadCsv(std::string_view text) {
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return absl::ResourceExhaustedError("no memory for a CSV parser");
  }
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
  Collector collector;
  std::size_t line = 1, begin_line = 1, begin = 0;
  const auto finish_record = [&](std::size_t end) {
    collector.records.push_back({std::exchange(collector.fields, {}), begin_line, begin, end});
    collector.record_done = false;
  };
  // Byte by byte, so that it is known where each record begins and ends.
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_end = text[i] == '\n' || text[i] == '\r';
    if (begin == i && line_end) ++begin;  // the rest of the line before, or a blank one
    if (csv_parse(&parser, &text[i], 1, OnField, OnRecord, &collector) != 1) {
      return absl::InvalidArgumentError(
          fmt::format("line {}: {}", line, csv_strerror(csv_error(&parser))));
    }
    if (EndsLine(text, i)) ++line;
    if (collector.record_done) {
      finish_record(i + 1);
      begin = i + 1;
    }
    if (begin == i + 1)
      begin_line = line + (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 1 : 0);
  }
  if (csv_fini(&parser, OnField, OnRecord, &collector) != 0) {
    return absl::InvalidArgumentError(
        fmt::format("line {}: a quote is opened and never closed", begin_line));
  }
  if (collector.record_done) finish_record(text.size());
  return std::move(collector.records);
}

absl::StatusOr<CsvTable> CsvTable::Read(std::string_view text,
                                        std::span<const std::string_view> required,
                                        std::size_t lines_before) {
  FAILS_ASSIGN_OR_RETURN(std::vector<CsvRecord> records, ReadCsv(WithoutMark(text)));
  if (records.empty()) return absl::InvalidArgumentError("no header: the file is empty");
  CsvTable table;
  table.header_ = std::move(records.front());
  records.erase(records.begin());
  for (CsvRecord& record : records) record.line += lines_before;
  table.records_ = std::move(records);
  for (std::size_t i = 0; i < table.header_.fields.size(); ++i) {
    std::string name(Trim(table.header_.fields[i]));
    if (!table.columns_.try_emplace(name, i).second) {
      return absl::InvalidArgumentError(
          fmt::format("line {}: two columns '{}'", table.header_.line, name));
    }
  }
  std::vector<std::string_view> missing;
  for (const std::string_view column : required) {
    if (!table.columns_.contains(column)) missing.push_back(column);
  }
  if (!missing.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("line {}: no column '{}'", table.header_.line, fmt::join(missing, "', '")));
  }
  return table;
}

std::string_view CsvTable::Field(const CsvRecord& record, std::string_view column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? std::string_view() : Field(record, found->second);
}

std::string_view CsvTable::Field(const CsvRecord& record, std::size_t column) const {
  return column < record.fields.size() ? Trim(record.fields[column]) : std::string_view();
}

absl::StatusOr<std::vector<ImportPiece>> SplitCsv(std::string_view file, std::size_t max_bytes,
                                                  std::span<const std::string_view> required) {
  FAILS_ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Read(file, required));
  if (table.records().empty()) return absl::InvalidArgumentError("no records behind the header");
  file = WithoutMark(file);
  // What stands between two records stays, so that lines are counted as in the file.
  const auto bytes = [&](const CsvRecord& first, const CsvRecord& last) {
    std::string text(file.substr(first.begin, last.end - first.begin));
    if (!text.ends_with('\n')) text += '\n';
    return text;
  };
  const std::string header = bytes(table.header(), table.header());
  const std::size_t header_lines = LineEnds(header);
  const auto size = [&](const CsvRecord& first, const CsvRecord& last) {
    const bool whole = file[last.end - 1] == '\n';
    return header.size() + (last.end - first.begin) + (whole ? 0 : 1);
  };
  std::vector<ImportPiece> pieces;
  const CsvRecord* first = &table.records().front();
  const CsvRecord* last = nullptr;
  const auto finish = [&] {
    pieces.push_back({header + bytes(*first, *last), first->line - header_lines - 1});
  };
  for (const CsvRecord& record : table.records()) {
    if (size(record, record) > max_bytes) {
      return absl::InvalidArgumentError(
          fmt::format("line {}: a record of {} bytes, more than fits into {} with the header",
                      record.line, record.end - record.begin, max_bytes));
    }
    if (last && size(*first, record) > max_bytes) {
      finish();
      first = &record;
    }
    last = &record;
  }
  finish();
  return pieces;
}

}  // namespace fails::platforms
