// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>
#include <vector>

namespace fails::rpc {

// Interceptors that count and time each call and put its `traceparent` (a new one if none came)
// into the log scope.
std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> ObserveCalls();

}  // namespace fails::rpc
