// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <exception>

#include "common/obs/log.h"
#include "common/runtime/runtime.h"

namespace fails::runtime {

int Main(const std::function<int()>& body) {
  int status = EXIT_FAILURE;
  try {
    status = body();
  } catch (const std::exception& error) {
    spdlog::error("cannot go on: {}", error.what());
  } catch (...) {
    spdlog::error("cannot go on: unknown exception");
  }
  spdlog::default_logger()->flush();
  return status;
}

}  // namespace fails::runtime
