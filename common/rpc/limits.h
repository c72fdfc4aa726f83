// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::rpc {

// Both ends take messages up to this size (analyses and lists of incidents; gRPC's own default is 4
// MiB).
inline constexpr int kMaxMessageBytes = 64 << 20;

// The client's pings keep a connection alive through idle hours; the server must allow them this
// often.
inline constexpr int kKeepAliveMillis = 20'000;

inline constexpr char kTraceparentKey[] = "traceparent";

}  // namespace fails::rpc
