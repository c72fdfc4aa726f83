// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace fails::gateway::http {

enum class GzipLevel { kFast = 4, kBest = 9 };

// Equal input gives equal output (no time stamp inside).
std::string Gzip(std::string_view text, GzipLevel level);

// The text again. INVALID_ARGUMENT for bytes that are not gzip or end too early, RESOURCE_EXHAUSTED
// when it would be longer than `max_bytes`.
absl::StatusOr<std::string> Gunzip(std::string_view packed, std::size_t max_bytes);

}  // namespace fails::gateway::http
