// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"
#include "common/runtime/runtime.h"
#include "services/normalizer/config.h"
#include "services/normalizer/wiring.h"

int main(int argc, char** argv) {
  return fails::runtime::Main([&] {
    const auto config = fails::normalizer::LoadConfig(argc, argv);
    fails::obs::InitLog("normalizer", config.log_level);
    fails::runtime::Runtime runtime(
        {.process = "normalizer", .admin_address = config.admin_address});
    fails::normalizer::Wiring wiring(config, runtime);
    return runtime.RunUntilSignal();
  });
}
