// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "common/runtime/runtime.h"
#include "services/gateway/config.h"

namespace fails::gateway {

// Builds and owns the parts of the process, in the order they depend on each other; HTTP is the
// last to start and the first to stop. Throws std::runtime_error for what waiting cannot heal (a
// port in use, a broken web build).
class Wiring {
 public:
  Wiring(const Config& config, runtime::Runtime& runtime);
  ~Wiring();

  int http_port() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fails::gateway
