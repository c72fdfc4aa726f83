// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "common/runtime/runtime.h"
#include "services/normalizer/config.h"

namespace fails::normalizer {

// Builds and owns the parts of the process, in the order they depend on each other; the intake is
// the last to start and the first to stop. Throws std::runtime_error for what waiting cannot heal
// (a bad catalog, a port in use).
class Wiring {
 public:
  Wiring(const Config& config, runtime::Runtime& runtime);
  ~Wiring();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fails::normalizer
