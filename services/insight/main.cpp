// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"
#include "common/runtime/runtime.h"
#include "services/insight/config.h"
#include "services/insight/wiring.h"

int main(int argc, char** argv) {
  return fails::runtime::Main([&] {
    const auto config = fails::insight::LoadConfig(argc, argv);
    fails::obs::InitLog("insight", config.log_level);
    fails::runtime::Runtime runtime({.process = "insight", .admin_address = config.admin_address});
    fails::insight::Wiring wiring(config, runtime);
    return runtime.RunUntilSignal();
  });
}
