// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "fails/v1/document.pb.h"

namespace fails::wire {

// Fills body_zstd, body_size and body_sha256.
void SetBody(v1::RawDocument& document, std::string_view body);

// The body, decompressed and checked against its size and hash. DATA_LOSS when they disagree or the
// compressed bytes are broken, RESOURCE_EXHAUSTED above `max_bytes`.
absl::StatusOr<std::string> Body(const v1::RawDocument& document,
                                 std::int64_t max_bytes = 64 << 20);

// Hash of page, url, time of the fetch and body: a publish that is tried again is one message,
// while a page that returns to an earlier state is two (docs/adr/0007-raw-message-id.md).
std::string MessageId(const v1::RawDocument& document);

// "fails.raw.v1.<platform>.<page>".
std::string RawSubject(const v1::RawDocument& document);

}  // namespace fails::wire
