// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/config.h"

#include "common/config/env.h"

namespace fails::normalizer {

Config LoadConfig(int argc, char** argv) {
  config::Env env(
      "fails-normalizer",
      "Turns raw documents into incidents, keeps them in PostgreSQL and announces changes.");
  Config config;
  config.log_level = env.Choice("FAILS_LOG_LEVEL", "info",
                                {"trace", "debug", "info", "warn", "error"}, "least level to log");
  config.admin_address =
      env.Address("FAILS_ADMIN_ADDRESS", "127.0.0.1:9102", "/healthz, /readyz and /metrics");
  config.grpc_address =
      env.Address("FAILS_GRPC_ADDRESS", "127.0.0.1:9002", "gRPC server (NormalizerService)");
  config.nats.client_name = "fails-normalizer";
  config.nats.url = env.String("FAILS_NATS_URL", "nats://127.0.0.1:4222", "NATS server");
  config.nats.user = env.String("FAILS_NATS_USER", "", "NATS user, empty for none");
  config.nats.password = env.Secret("FAILS_NATS_PASSWORD", "", "NATS password");
  config.nats_topology = env.File("FAILS_NATS_TOPOLOGY", "deploy/nats/topology.yaml",
                                  "streams, consumers and buckets to set up");
  config.catalog =
      env.File("FAILS_CATALOG", "deploy/catalog/providers.yaml", "providers, services and pages");
  config.database_url =
      env.Secret("FAILS_DATABASE_URL", std::nullopt, "postgresql://… with role fails_normalizer");
  config.workers = static_cast<int>(
      env.Integer("FAILS_NORMALIZER_WORKERS", 2, 1, 64,
                  "documents of different pages that are handled at once, one connection each"));
  env.ParseCommandLineOrExit(argc, argv);
  env.ExitIfErrors();
  return config;
}

}  // namespace fails::normalizer
