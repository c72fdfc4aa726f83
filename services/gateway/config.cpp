// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/config.h"

#include "common/config/env.h"

namespace fails::gateway {

Config LoadConfig(int argc, char** argv) {
  config::Env env("fails-gateway",
                  "The public side: HTTP/JSON and server-sent events for everybody, and the web.");
  Config config;
  config.log_level = env.Choice("FAILS_LOG_LEVEL", "info",
                                {"trace", "debug", "info", "warn", "error"}, "least level to log");
  config.admin_address =
      env.Address("FAILS_ADMIN_ADDRESS", "127.0.0.1:9105", "/healthz, /readyz and /metrics");
  config.grpc_address =
      env.Address("FAILS_GRPC_ADDRESS", "127.0.0.1:9005", "gRPC server (health and reflection)");
  config.http_address = env.Address("FAILS_HTTP_ADDRESS", "0.0.0.0:8080", "HTTP server");
  config.http_threads =
      static_cast<int>(env.Integer("FAILS_HTTP_THREADS", 2, 1, 64, "event loops of HTTP"));
  config.http_limits.connections = static_cast<int>(env.Integer(
      "FAILS_MAX_CONNECTIONS", 10'000, 1, 1'000'000, "open HTTP connections; 503 beyond"));
  config.web_dir = env.String("FAILS_WEB_DIR", "", "built web pages to serve at /, empty for none");
  config.nats.client_name = "fails-gateway";
  config.nats.url = env.String("FAILS_NATS_URL", "nats://127.0.0.1:4222", "NATS server");
  config.nats.user = env.String("FAILS_NATS_USER", "", "NATS user, empty for none");
  config.nats.password = env.Secret("FAILS_NATS_PASSWORD", "", "NATS password");
  config.nats_topology = env.File("FAILS_NATS_TOPOLOGY", "deploy/nats/topology.yaml",
                                  "streams, consumers and buckets to set up");
  config.analytics_address =
      env.Address("FAILS_ANALYTICS_ADDRESS", "127.0.0.1:9003", "gRPC server of fails-analytics");
  config.scraper_address =
      env.Address("FAILS_SCRAPER_ADDRESS", "127.0.0.1:9001", "gRPC server of fails-scraper");
  config.admin_key = env.Secret(
      "FAILS_ADMIN_KEY", "", "key that opens imports and administration, empty: they are closed");
  config.import_bytes = static_cast<std::uint64_t>(
      env.Integer("FAILS_HTTP_IMPORT_BYTES", 64 << 20, 1 << 10, 256 << 20,
                  "longest file that is taken in; 413 beyond"));
  config.upstream_timeout = env.Duration("FAILS_UPSTREAM_TIMEOUT", absl::Seconds(10),
                                         "longest wait for another process; 504 beyond");
  config.rate_limit_per_second = static_cast<int>(
      env.Integer("FAILS_RATE_LIMIT_PER_SECOND", 50, 0, 1'000'000,
                  "API requests of one client in the long run, 0 for no limit; 429 beyond"));
  config.rate_limit_burst = static_cast<int>(env.Integer(
      "FAILS_RATE_LIMIT_BURST", 200, 1, 1'000'000, "API requests of one client at once"));
  env.ParseCommandLineOrExit(argc, argv);
  env.ExitIfErrors();
  return config;
}

}  // namespace fails::gateway
