// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace fails::gateway::routing {

// The parameters behind the "?", decoded, in the order in which they came.
using Query = std::vector<std::pair<std::string, std::string>>;

// A request target, taken apart: split first, decoded then, so that %2F stays within its segment.
struct Target {
  std::vector<std::string> segments;  // "/api/v1/a%2Fb" -> {"api", "v1", "a/b"}; "/" -> {""}
  Query query;

  std::string Path() const;  // "/api/v1/a/b"
};

// INVALID_ARGUMENT for anything but an absolute path (or an absolute http URL, as proxies send it)
// of visible ASCII whose percent-encoding is whole and decodes to UTF-8 text without control
// characters.
absl::StatusOr<Target> ParseTarget(std::string_view text);

// INVALID_ARGUMENT as above. `plus_is_space`: as forms encode queries.
absl::StatusOr<std::string> PercentDecode(std::string_view text, bool plus_is_space);

}  // namespace fails::gateway::routing
