// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {

Config TestConfig(const std::string& analytics_address) {
  Config config;
  config.log_level = "info";
  config.admin_address = "127.0.0.1:0";
  config.grpc_address = "127.0.0.1:0";
  config.http_address = "127.0.0.1:0";
  config.nats = {.url = "nats://127.0.0.1:1", .user = {}, .password = {}, .client_name = "test"};
  config.nats_topology = FAILS_SOURCE_DIR "/deploy/nats/topology.yaml";
  config.analytics_address = analytics_address;
  config.upstream_timeout = absl::Seconds(20);
  config.rate_limit_per_second = 0;
  return config;
}

RunningGateway::RunningGateway(const Config& config)
    : runtime_({.process = "gateway", .admin_address = config.admin_address}),
      wiring_(config, runtime_),
      main_([this] { runtime_.RunUntilSignal(); }) {}

RunningGateway::~RunningGateway() {
  Stop();
}

void RunningGateway::Stop() {
  runtime_.RequestStop();
  if (main_.joinable()) main_.join();
}

}  // namespace fails::gateway
