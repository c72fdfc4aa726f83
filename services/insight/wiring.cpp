// SPDX-License-Identifier: Apache-2.0
#include "services/insight/wiring.h"

#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/runtime/or_throw.h"
#include "services/insight/adapters/grpc_service.h"
#include "services/insight/app/explainer.h"

namespace fails::insight {

struct Wiring::Parts {
  explicit Parts(const Config& config)
      : analytics(rpc::MakeChannel(config.analytics_address)),
        grpc_service(explainer),
        server(runtime::OrThrow(rpc::Server::Start(config.grpc_address, {&grpc_service}))) {}

  std::shared_ptr<grpc::Channel> analytics;
  Explainer explainer;
  InsightGrpcService grpc_service;
  std::unique_ptr<rpc::Server> server;
};

Wiring::Wiring(const Config& config, runtime::Runtime& runtime)
    : parts_(std::make_unique<Parts>(config)) {
  Parts& parts = *parts_;
  runtime.AddReadiness("analytics", [&parts, address = config.analytics_address] {
    return rpc::Probe(parts.analytics, address);
  });
  runtime.OnStop("grpc server", [&parts](absl::Time deadline) { parts.server->Stop(deadline); });
}

Wiring::~Wiring() = default;

}  // namespace fails::insight
