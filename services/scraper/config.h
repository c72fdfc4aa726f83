// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "common/bus/connection.h"

namespace fails::scraper {

// Settings of the scraper, read from the environment; `fails-scraper --help` lists them.
struct Config {
  std::string log_level;
  std::string admin_address;
  std::string grpc_address;
  bus::ConnectOptions nats;
  std::string nats_topology;
  std::string catalog;
  bool polling = true;
  double backfill_per_second = 5;  // requests to one host
};

// Prints every bad key and exits 2, or answers --help and --version and exits 0.
Config LoadConfig(int argc, char** argv);

}  // namespace fails::scraper
