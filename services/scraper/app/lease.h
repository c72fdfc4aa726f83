// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/status.h"

namespace fails::scraper {

// A right to a page that runs out unless it is renewed. Thread-safe: renewed by one thread, used by
// another.
class Lease {
 public:
  virtual ~Lease() = default;

  virtual const std::string& page() const = 0;
  // Prolongs the lease; nothing to do once it was given up. ABORTED once lost; UNAVAILABLE when the
  // store is away (try again).
  virtual absl::Status Renew() = 0;
};

}  // namespace fails::scraper
