// SPDX-License-Identifier: Apache-2.0
// Our own export: one JSON object a line, an incident as GET /api/v1/incidents/{id} shows it, or a
// day of a service's calendar {"service", "provider", "date", "partial_seconds", "major_seconds"}.
#include "common/platforms/ndjson.h"

#include <fmt/format.h>

#include "common/platforms/reading/exported_record.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

// Calls `visit` with each line that is not blank and its number, from 1.
template <class Visit>
void ForEachLine(std::string_view text, const Visit& visit) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) visit(line, number);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

class Ndjson final : public ImportPlatform {
 public:
  std::string_view id() const override { return "ndjson"; }
  std::string_view content_type() const override { return "application/x-ndjson"; }

  absl::StatusOr<std::vector<std::string>> Split(std::string_view file,
                                                 std::size_t max_bytes) const override {
    std::vector<std::string> pieces;
    absl::Status status;
    ForEachLine(file, [&](std::string_view line, std::size_t number) {
      if (!status.ok()) return;
      // The first line stands for the header that the format does not have.
      if (Parsed scratch; pieces.empty()) status = ReadExportedRecord(line, scratch);
      if (line.size() + 1 > max_bytes) {
        status = absl::InvalidArgumentError(
            fmt::format("a record of {} bytes, more than {}", line.size(), max_bytes));
      }
      if (!status.ok()) {
        status = absl::InvalidArgumentError(
            fmt::format("line {}: {}", number, std::string(status.message())));
        return;
      }
      if (pieces.empty() || pieces.back().size() + line.size() + 1 > max_bytes)
        pieces.emplace_back();
      pieces.back().append(line).push_back('\n');
    });
    if (!status.ok()) return status;
    if (pieces.empty()) return absl::InvalidArgumentError("no records: the file is empty");
    return pieces;
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    Parsed parsed;
    std::size_t good = 0;
    ForEachLine(document.body, [&](std::string_view line, std::size_t number) {
      const absl::Status status = ReadExportedRecord(line, parsed);
      if (status.ok()) {
        ++good;
      } else {
        parsed.problems.push_back(
            fmt::format("line {}: {}", number, std::string(status.message())));
      }
    });
    if (good > 0) return parsed;
    return absl::InvalidArgumentError(parsed.problems.empty() ? "no records: the document is empty"
                                                              : parsed.problems.front());
  }
};

}  // namespace

const ImportPlatform& NdjsonPlatform() {
  static const Ndjson platform;
  return platform;
}

}  // namespace fails::platforms
