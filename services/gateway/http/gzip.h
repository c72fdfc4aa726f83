// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fails::gateway::http {

enum class GzipLevel { kFast = 4, kBest = 9 };

// Equal input gives equal output (no time stamp inside).
std::string Gzip(std::string_view text, GzipLevel level);

}  // namespace fails::gateway::http
