// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace fails::simulator {

// The catalog (YAML text) with each page's `url: https://HOST/path` as `url: BASE/HOST/path`, and
// with the polling interval when one is given. Everything else and the order stay; comments do not.
// INVALID_ARGUMENT says what is wrong with the catalog.
absl::StatusOr<std::string> RewriteCatalog(const std::string& yaml, const std::string& base,
                                           std::optional<int> interval_seconds);

}  // namespace fails::simulator
