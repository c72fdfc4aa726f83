// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "fails/v1/normalizer_service.grpc.pb.h"

namespace fails::admin {

using Normalizer = v1::NormalizerService::StubInterface;

// Progress goes to `errors`, the outcome to `out`. Without a deadline: it may read for an hour.
absl::Status Replay(Normalizer& normalizer, const v1::ReplayRequest& request, std::ostream& out,
                    std::ostream& errors);

absl::Status ListDeadLetters(Normalizer& normalizer, std::ostream& out);
absl::Status ShowDeadLetter(Normalizer& normalizer, std::uint64_t sequence, std::ostream& out);
absl::Status RetryDeadLetter(Normalizer& normalizer, std::uint64_t sequence, std::ostream& out);
// Goes on after one that fails, and says so on `errors`; ABORTED when some did.
absl::Status RetryAllDeadLetters(Normalizer& normalizer, std::ostream& out, std::ostream& errors);

// Foreign text for a terminal: without control characters, but for line breaks where `lines`.
std::string Printable(std::string_view text, bool lines = false);

}  // namespace fails::admin
