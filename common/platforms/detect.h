// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/platforms/fingerprint.h"

namespace fails::platforms {

// An answer that its asker owns.
struct ProbeResult {
  int http_status = 0;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
};

// Which platform a page is on: asks for one of its paths after the other, until an answer gives it
// away. `ask` returns nothing where there is no answer. Empty when nothing does.
inline std::string DetectPlatform(
    const std::function<std::optional<ProbeResult>(std::string_view path)>& ask) {
  for (const std::string_view path : ProbePaths()) {
    const std::optional<ProbeResult> result = ask(path);
    if (!result) continue;
    const ProbeAnswer answer{.path = path,
                             .http_status = result->http_status,
                             .content_type = result->content_type,
                             .headers = result->headers,
                             .body = result->body};
    if (const std::string_view platform = PlatformOf(answer); !platform.empty()) {
      return std::string(platform);
    }
  }
  return "";
}

}  // namespace fails::platforms
