// SPDX-License-Identifier: Apache-2.0
#pragma once

// Headers of a message on fails.dead.v1.<stream>.<consumer>. The payload is the original one, untouched; the original
// headers are there too, but for those of NATS (Nats-…).
namespace fails::bus::dead_letter {

inline constexpr char kSubject[] = "Fails-Dead-Subject";        // where it was published
inline constexpr char kSequence[] = "Fails-Dead-Sequence";      // in the original stream
inline constexpr char kMessageId[] = "Fails-Dead-Message-Id";   // the original one; absent when there was none
inline constexpr char kReason[] = "Fails-Dead-Reason";          // the last status, "CODE: message", one line
inline constexpr char kDeliveries[] = "Fails-Dead-Deliveries";  // how often it was tried
inline constexpr char kStoredAt[] = "Fails-Dead-Stored-At";     // when it came into the original stream, RFC 3339
inline constexpr char kTime[] = "Fails-Dead-Time";              // when it was given up, RFC 3339
// "dropped" when the payload left no room for these headers; the original stream still holds it at that sequence.
inline constexpr char kPayload[] = "Fails-Dead-Payload";

}  // namespace fails::bus::dead_letter
