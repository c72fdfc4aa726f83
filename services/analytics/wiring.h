// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "common/runtime/runtime.h"
#include "services/analytics/config.h"

namespace fails::analytics {

// Builds and owns the parts of the process, in the order they depend on each other. Throws
// std::runtime_error for what waiting cannot heal (a bad catalog, a port in use).
class Wiring {
 public:
  Wiring(const Config& config, runtime::Runtime& runtime);
  ~Wiring();

  int grpc_port() const;  // that was bound

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fails::analytics
