// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/config.h"

#include "common/config/env.h"

namespace fails::scraper {

Config LoadConfig(int argc, char** argv) {
  config::Env env("fails-scraper", "Polls status pages and publishes what changed.");
  Config config;
  config.log_level = env.Choice("FAILS_LOG_LEVEL", "info",
                                {"trace", "debug", "info", "warn", "error"}, "least level to log");
  config.admin_address =
      env.Address("FAILS_ADMIN_ADDRESS", "127.0.0.1:9101", "/healthz, /readyz and /metrics");
  config.grpc_address =
      env.Address("FAILS_GRPC_ADDRESS", "127.0.0.1:9001", "gRPC server (ScraperService)");
  config.nats.client_name = "fails-scraper";
  config.nats.url = env.String("FAILS_NATS_URL", "nats://127.0.0.1:4222", "NATS server");
  config.nats.user = env.String("FAILS_NATS_USER", "", "NATS user, empty for none");
  config.nats.password = env.Secret("FAILS_NATS_PASSWORD", "", "NATS password");
  config.nats_topology = env.File("FAILS_NATS_TOPOLOGY", "deploy/nats/topology.yaml",
                                  "streams, consumers and buckets to set up");
  config.catalog =
      env.File("FAILS_CATALOG", "deploy/catalog/providers.yaml", "providers, services and pages");
  config.polling = env.Boolean("FAILS_POLLING", true, "false: no page is asked for anything");
  config.backfill_per_second =
      static_cast<double>(env.Integer("FAILS_BACKFILL_REQUESTS_PER_SECOND", 5, 1, 10'000,
                                      "requests to one host while its page's history is walked"));
  env.ParseCommandLineOrExit(argc, argv);
  env.ExitIfErrors();
  return config;
}

}  // namespace fails::scraper
