// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace fails::rpc {

// Called before the first gRPC object is made. Sends what gRPC's core has to say through our log
// (its errors are warnings to us: what they mean for a call is told by the call's status), and
// keeps the core up until the process ends: its own shutdown, run by the last object, may sit ten
// seconds in a poll. Idempotent, thread-safe.
void InitGrpc();

}  // namespace fails::rpc
