// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/status/statusor.h"
#include "common/bus/connection.h"
#include "fails/v1/normalizer_service.pb.h"

namespace fails::normalizer {

// The messages that were given up, oldest first. INVALID_ARGUMENT for a limit outside 0..200.
absl::StatusOr<v1::ListDeadLettersResponse> ListDeadLetters(
    bus::Connection& connection, const v1::ListDeadLettersRequest& request);

}  // namespace fails::normalizer
