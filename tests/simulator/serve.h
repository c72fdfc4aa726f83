// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/simulator/demo/world.h"

namespace fails::simulator {

struct ServeOptions {
  std::string address = "127.0.0.1";
  int port = 0;
  std::string pages;  // a folder; empty: the demo
  DemoOptions demo;
};

// Serves until SIGINT or SIGTERM; prints the address once it listens. Returns the exit status.
int Serve(const ServeOptions& options);

}  // namespace fails::simulator
