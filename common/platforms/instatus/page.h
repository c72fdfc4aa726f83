// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "common/platforms/platform.h"

namespace fails::platforms::instatus {

// The incidents that a page of Instatus carries in its scripts: Next.js writes notices with their
// beginning and end, Nuxt writes incidents with their updates and how long they took.
// INVALID_ARGUMENT: neither is there.
absl::StatusOr<Parsed> ReadPage(std::string_view html, std::string_view origin);

}  // namespace fails::platforms::instatus
