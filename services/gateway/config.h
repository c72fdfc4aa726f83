// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "common/bus/connection.h"
#include "services/gateway/http/limits.h"

namespace fails::gateway {

// Settings of the gateway, read from the environment; `fails-gateway --help` lists them.
struct Config {
  std::string log_level;
  std::string admin_address;
  std::string grpc_address;
  std::string http_address;
  int http_threads = 2;
  http::Limits http_limits;
  std::string web_dir;  // empty: no web
  bus::ConnectOptions nats;
  std::string nats_topology;
  std::string analytics_address;
  std::string scraper_address;
  std::string admin_key;  // empty: what needs it is closed
  std::uint64_t import_bytes = 64 << 20;
  absl::Duration upstream_timeout;
  int rate_limit_per_second = 50;  // of one client; 0: no limit
  int rate_limit_burst = 200;
};

// Prints every bad key and exits 2, or answers --help and --version and exits 0.
Config LoadConfig(int argc, char** argv);

}  // namespace fails::gateway
