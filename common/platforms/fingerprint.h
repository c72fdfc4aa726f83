// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fails::platforms {

// What a page answered at one of ProbePaths().
struct ProbeAnswer {
  std::string_view path;
  int http_status = 0;
  std::string_view content_type;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string_view body;
};

// What to ask a page for to learn which platform it is on, in this order. Relative to its base URL.
std::span<const std::string_view> ProbePaths();

// The id of the platform that the answer gives away; empty when it says nothing. A platform that we
// cannot read has its own name too ("rootly", "flashduty").
std::string_view PlatformOf(const ProbeAnswer& answer);

}  // namespace fails::platforms
