// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulator/http.h"

namespace fails::simulator {

// What stands behind the hosts: folders of files or the demo's pages. Thread-safe.
class Site {
 public:
  virtual ~Site() = default;

  // Whether this host is one of the site's.
  virtual bool Knows(const std::string& host) const = 0;

  // The document as a healthy page would serve it; 404 HTML where it has none. ETags and faults
  // come later.
  virtual Response Get(const Request& request) = 0;
};

}  // namespace fails::simulator
