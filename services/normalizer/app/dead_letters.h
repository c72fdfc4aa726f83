// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "absl/status/statusor.h"
#include "common/bus/connection.h"
#include "fails/v1/normalizer_service.pb.h"
#include "services/normalizer/app/document_handler.h"

namespace fails::normalizer {

// The messages that were given up, oldest first. INVALID_ARGUMENT for a limit outside 0..200.
absl::StatusOr<v1::ListDeadLettersResponse> ListDeadLetters(
    bus::Connection& connection, const v1::ListDeadLettersRequest& request);

// One of them with its document. NOT_FOUND when there is none of that sequence.
absl::StatusOr<v1::GetDeadLetterResponse> GetDeadLetter(bus::Connection& connection,
                                                        const v1::GetDeadLetterRequest& request);

// Handles its document once more and, when that succeeds, takes it off the list. Fails with what
// the handler says, and then it stays. NOT_FOUND when there is none of that sequence.
absl::StatusOr<v1::RetryDeadLetterResponse> RetryDeadLetter(
    bus::Connection& connection, DocumentHandler& handler,
    const v1::RetryDeadLetterRequest& request);

}  // namespace fails::normalizer
