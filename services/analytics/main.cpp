// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"
#include "common/runtime/runtime.h"
#include "services/analytics/config.h"
#include "services/analytics/wiring.h"

int main(int argc, char** argv) {
  return fails::runtime::Main([&] {
    const auto config = fails::analytics::LoadConfig(argc, argv);
    fails::obs::InitLog("analytics", config.log_level);
    fails::runtime::Runtime runtime(
        {.process = "analytics", .admin_address = config.admin_address});
    fails::analytics::Wiring wiring(config, runtime);
    return runtime.RunUntilSignal();
  });
}
