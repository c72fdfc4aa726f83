// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/runtime/readiness.h"

namespace fails::runtime {

// HTTP for operators and orchestrators, on threads of its own: /healthz, /readyz, /metrics; 404 for
// the rest.
class AdminServer {
 public:
  // Throws std::runtime_error, naming the address, when it cannot be bound. `readiness` must be
  // quick.
  AdminServer(const std::string& address, std::function<Readiness::Report()> readiness);
  ~AdminServer();

  const std::string& address() const;  // with the port that was bound

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::runtime
