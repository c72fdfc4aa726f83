// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/platforms/import_format.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

struct ImportSummary {
  std::int64_t documents = 0;
  std::int64_t incidents = 0;  // read in the file
  std::int64_t outage_days = 0;
  std::vector<std::string>
      problems;  // records that were skipped, with their line; the first hundred
};

// Publishes files of incidents as documents of the page "import": the same road as everything else.
// Thread-safe.
class ImportDesk {
 public:
  static constexpr std::size_t kMaxFileBytes = 256 << 20;

  using FindFormat = std::function<const platforms::ImportFormat*(std::string_view id)>;

  ImportDesk(const Clock& clock, DocumentSink& sink, FindFormat find_format,
             FindPlatform find_platform)
      : clock_(clock),
        sink_(sink),
        find_format_(std::move(find_format)),
        find_platform_(std::move(find_platform)) {}

  // Reads the whole file first: nothing of it is published when it is not of the format.
  // INVALID_ARGUMENT: an unknown format, a file that is not of it, or of which nothing can be read;
  // RESOURCE_EXHAUSTED: larger than kMaxFileBytes; UNAVAILABLE: the bus is away, and a part may be
  // published (repeating the import repeats no incident).
  absl::StatusOr<ImportSummary> Import(const std::string& format, std::string_view file) const;

  // INVALID_ARGUMENT, naming those that there are, for an unknown one.
  absl::Status CheckFormat(const std::string& format) const;

 private:
  const Clock& clock_;
  DocumentSink& sink_;
  const FindFormat find_format_;
  const FindPlatform find_platform_;
};

}  // namespace fails::scraper
