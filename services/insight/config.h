// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace fails::insight {

// Settings of insight, read from the environment; `fails-insight --help` lists them.
struct Config {
  std::string log_level;
  std::string admin_address;
  std::string grpc_address;
  std::string analytics_address;
};

// Prints every bad key and exits 2, or answers --help and --version and exits 0.
Config LoadConfig(int argc, char** argv);

}  // namespace fails::insight
