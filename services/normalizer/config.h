// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "common/bus/connection.h"

namespace fails::normalizer {

// Settings of the normalizer, read from the environment; `fails-normalizer --help` lists them.
struct Config {
  std::string log_level;
  std::string admin_address;
  std::string grpc_address;
  bus::ConnectOptions nats;
  std::string nats_topology;
  std::string catalog;
  std::string database_url;
  int workers;  // documents of different pages that are handled at once
};

// Prints every bad key and exits 2, or answers --help and --version and exits 0.
Config LoadConfig(int argc, char** argv);

}  // namespace fails::normalizer
