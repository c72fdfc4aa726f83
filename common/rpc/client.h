// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace fails::rpc {

// A channel with keep-alive and quick reconnects; connects lazily, so the other side need not be
// there yet.
std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address);

// OK when the channel is connected (starts connecting if idle); UNAVAILABLE otherwise, naming the
// address. For readiness.
absl::Status Probe(const std::shared_ptr<grpc::Channel>& channel, const std::string& address);

// Sets the deadline and the thread's traceparent.
void Prepare(grpc::ClientContext& context, absl::Duration timeout);

}  // namespace fails::rpc
