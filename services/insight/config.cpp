// SPDX-License-Identifier: Apache-2.0
#include "services/insight/config.h"

#include "common/config/env.h"

namespace fails::insight {

Config LoadConfig(int argc, char** argv) {
  config::Env env("fails-insight", "Explains analyses and incidents in words, over gRPC.");
  const Config config{
      .log_level = env.Choice("FAILS_LOG_LEVEL", "info",
                              {"trace", "debug", "info", "warn", "error"}, "least level to log"),
      .admin_address =
          env.Address("FAILS_ADMIN_ADDRESS", "127.0.0.1:9104", "/healthz, /readyz and /metrics"),
      .grpc_address =
          env.Address("FAILS_GRPC_ADDRESS", "127.0.0.1:9004", "gRPC server (InsightService)"),
      .analytics_address = env.Address("FAILS_ANALYTICS_ADDRESS", "127.0.0.1:9003",
                                       "gRPC server of fails-analytics"),
  };
  env.ParseCommandLineOrExit(argc, argv);
  env.ExitIfErrors();
  return config;
}

}  // namespace fails::insight
