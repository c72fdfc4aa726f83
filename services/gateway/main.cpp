// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"
#include "common/runtime/runtime.h"
#include "services/gateway/config.h"
#include "services/gateway/wiring.h"

int main(int argc, char** argv) {
  return fails::runtime::Main([&] {
    const auto config = fails::gateway::LoadConfig(argc, argv);
    fails::obs::InitLog("gateway", config.log_level);
    fails::runtime::Runtime runtime({.process = "gateway", .admin_address = config.admin_address});
    fails::gateway::Wiring wiring(config, runtime);
    return runtime.RunUntilSignal();
  });
}
