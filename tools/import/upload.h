// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/http/client.h"

namespace fails::tools {

struct Gateway {
  std::string url;  // without trailing slash
  std::string key;
};

struct UploadResult {
  std::int64_t documents = 0;
  std::int64_t incidents = 0;
  std::int64_t outage_days = 0;
  std::vector<std::string> problems;
};

// "542 incidents, 0 outage days, 1 document".
std::string InWords(const UploadResult& result);

// The format of a file by its name, else the only one whose header it has. INVALID_ARGUMENT when it
// could be none or several.
absl::StatusOr<std::string> GuessFormat(const std::string& path, std::string_view file);

// POST /api/v1/imports. The gateway's own words on failure: UNAUTHENTICATED, PERMISSION_DENIED,
// RESOURCE_EXHAUSTED (too large), UNAVAILABLE (not there now), INVALID_ARGUMENT for the rest.
absl::StatusOr<UploadResult> Upload(http::Client& client, const Gateway& gateway,
                                    const std::string& format, std::string file);

}  // namespace fails::tools
