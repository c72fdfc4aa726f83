// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"
#include "common/runtime/runtime.h"
#include "services/scraper/config.h"
#include "services/scraper/wiring.h"

int main(int argc, char** argv) {
  return fails::runtime::Main([&] {
    const auto config = fails::scraper::LoadConfig(argc, argv);
    fails::obs::InitLog("scraper", config.log_level);
    fails::runtime::Runtime runtime({.process = "scraper", .admin_address = config.admin_address});
    fails::scraper::Wiring wiring(config, runtime);
    return runtime.RunUntilSignal();
  });
}
