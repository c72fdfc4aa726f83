// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace fails::bus {

// Checks a nats:// or tls:// address, which the library takes however it looks, and gives it back
// without credentials, for logs. INVALID_ARGUMENT says what is wrong and quotes nothing that could
// be a password.
absl::StatusOr<std::string> CheckServerUrl(const std::string& url);

}  // namespace fails::bus
