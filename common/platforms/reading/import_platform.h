// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/platforms/import_format.h"
#include "common/platforms/platform.h"

namespace fails::platforms {

// What an import format is as a platform: it asks no page for anything, and what it can parse it
// recognizes.
class ImportPlatform : public Platform, public ImportFormat {
 public:
  std::string_view id() const override = 0;

  std::vector<DocumentRequest> FirstRequests(std::string_view, Purpose, absl::Time) const final {
    return {};
  }
  std::vector<DocumentRequest> FollowUps(std::string_view, Purpose,
                                         const DocumentView&) const final {
    return {};
  }
  absl::Status Recognize(const DocumentView& document) const final {
    const auto parsed = Parse(document);
    if (parsed.ok()) return absl::OkStatus();
    return absl::FailedPreconditionError(parsed.status().message());
  }
};

}  // namespace fails::platforms
