// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/call_observer.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"
#include "common/rpc/limits.h"

namespace fails::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

std::string TraceparentOf(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  const auto found = metadata.find(kTraceparentKey);
  if (found != metadata.end()) {
    const std::string_view sent(found->second.data(), found->second.size());
    if (obs::ValidTraceparent(sent)) return std::string(sent);
  }
  return obs::NewTraceparent();
}

// The method as a label. A client can make up names without end, so those of no service are one.
std::string MethodLabel(const std::string& method) {
  static const auto& own =
      *new std::set<std::string>{"/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch",
                                 "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"};
  if (own.contains(method)) return method;
  std::string name =
      method.substr(0, 1) == "/" ? method.substr(1) : method;  // package.Service.Method
  std::replace(name.begin(), name.end(), '/', '.');
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  return pool->FindMethodByName(name) == nullptr ? "unknown" : method;
}

class CallObserver final : public grpc::experimental::Interceptor {
 public:
  explicit CallObserver(const ServerRpcInfo* info) : method_(MethodLabel(info->method())) {}

  void Intercept(InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      Count(batch->GetSendStatus());
    }
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      // gRPC runs a synchronous handler inside of this Proceed(), on this thread.
      const obs::TraceScope scope(TraceparentOf(*batch->GetRecvInitialMetadata()));
      batch->Proceed();
      return;
    }
    batch->Proceed();
  }

 private:
  void Count(const grpc::Status& status) const {
    const auto code = static_cast<absl::StatusCode>(status.error_code());
    obs::GetCounter("fails_rpc_server_calls_total", "Calls answered.",
                    {{"method", method_}, {"code", absl::StatusCodeToString(code)}})
        .Increment();
    obs::GetHistogram("fails_rpc_server_seconds", "Time from a call to its status.",
                      {{"method", method_}})
        .Observe(absl::ToDoubleSeconds(absl::Now() - begin_));
  }

  const std::string method_;  // "/package.Service/Method"
  const absl::Time begin_ = absl::Now();
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return new CallObserver(info);  // gRPC owns it
  }
};

}  // namespace

std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> ObserveCalls() {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> factories;
  factories.push_back(std::make_unique<Factory>());
  return factories;
}

}  // namespace fails::rpc
