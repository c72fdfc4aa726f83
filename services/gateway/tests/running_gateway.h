// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <thread>

#include "common/runtime/runtime.h"
#include "services/gateway/config.h"
#include "services/gateway/tests/http_client.h"
#include "services/gateway/wiring.h"

namespace fails::gateway {

// Settings for a gateway on free ports without web, NATS (nobody answers there) and rate limit.
Config TestConfig(const std::string& analytics_address);

// The whole process, wired as in main(), within the test.
class RunningGateway {
 public:
  explicit RunningGateway(const Config& config);
  ~RunningGateway();

  int port() const { return wiring_.http_port(); }
  std::string admin_address() const { return runtime_.admin_address(); }
  void Stop();

 private:
  runtime::Runtime runtime_;
  Wiring wiring_;
  std::thread main_;
};

}  // namespace fails::gateway
