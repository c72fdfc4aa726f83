// SPDX-License-Identifier: Apache-2.0
#pragma once

// Headers of a message on fails.dead.v1.<stream>.<consumer>. The payload is the original one,
// untouched; the original headers are there too, but for those of NATS (Nats-…).
namespace fails::bus::dead_letter {

// Where it was published, and its sequence in that stream.
inline constexpr char kSubject[] = "Fails-Dead-Subject";
inline constexpr char kSequence[] = "Fails-Dead-Sequence";
// The original id; absent when there was none.
inline constexpr char kMessageId[] = "Fails-Dead-Message-Id";
// The last status, "CODE: message", on one line; and how often it was delivered.
inline constexpr char kReason[] = "Fails-Dead-Reason";
inline constexpr char kDeliveries[] = "Fails-Dead-Deliveries";
// When it came into its stream and when it was given up, RFC 3339.
inline constexpr char kStoredAt[] = "Fails-Dead-Stored-At";
inline constexpr char kTime[] = "Fails-Dead-Time";
// "dropped" when the payload left no room for these headers; the original stream still holds it at
// that sequence.
inline constexpr char kPayload[] = "Fails-Dead-Payload";

}  // namespace fails::bus::dead_letter
