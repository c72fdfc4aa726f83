// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace fails::rpc {

// Codes are the same on both sides. A message longer than 1 KiB is cut: it travels in an HTTP/2
// header.
grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace fails::rpc
