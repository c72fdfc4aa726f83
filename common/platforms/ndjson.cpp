// SPDX-License-Identifier: Apache-2.0
// Our own export: one JSON object a line, an incident as GET /api/v1/incidents/{id} shows it, or a
// day of a service's calendar {"service", "provider", "date", "partial_seconds", "major_seconds"}.
#include "common/platforms/ndjson.h"

#include <fmt/format.h>

#include <utility>

#include "common/platforms/reading/exported_record.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

// Calls `visit` with each line that is not blank and its number, the first being `number`.
template <class Visit>
void ForEachLine(std::string_view text, std::size_t number, const Visit& visit) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) visit(line, number);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Lays lines into pieces. Blank ones between them stay, so that lines are counted as in the file.
class Pieces {
 public:
  explicit Pieces(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  void Add(std::string_view line, std::size_t number) {
    const std::size_t blank = number - next_;
    if (pieces_.empty() || pieces_.back().bytes.size() + blank + line.size() + 1 > max_bytes_) {
      pieces_.push_back({.bytes = "", .lines_before = number - 1});
    } else {
      pieces_.back().bytes.append(blank, '\n');
    }
    pieces_.back().bytes.append(line).push_back('\n');
    next_ = number + 1;
  }

  bool empty() const { return pieces_.empty(); }
  std::vector<ImportPiece> Take() { return std::move(pieces_); }

 private:
  const std::size_t max_bytes_;
  std::size_t next_ = 1;  // the line behind the last one
  std::vector<ImportPiece> pieces_;
};

class Ndjson final : public ImportPlatform {
 public:
  std::string_view id() const override { return "ndjson"; }
  std::string_view content_type() const override { return "application/x-ndjson"; }

  absl::StatusOr<std::vector<ImportPiece>> Split(std::string_view file,
                                                 std::size_t max_bytes) const override {
    Pieces pieces(max_bytes);
    absl::Status status;
    ForEachLine(file, 1, [&](std::string_view line, std::size_t number) {
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
      pieces.Add(line, number);
    });
    if (!status.ok()) return status;
    if (pieces.empty()) return absl::InvalidArgumentError("no records: the file is empty");
    return pieces.Take();
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    Parsed parsed;
    std::size_t good = 0;
    ForEachLine(document.body, LinesBefore(document.url) + 1,
                [&](std::string_view line, std::size_t number) {
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
