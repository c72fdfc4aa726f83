// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulator/demo/world.h"
#include "tests/simulator/site.h"

namespace fails::simulator {

// The demo's pages as a Statuspage serves them. All documents come from one list of incidents.
// Thread-safe.
class DemoSite final : public Site {
 public:
  explicit DemoSite(World& world) : world_(world) {}

  bool Knows(const std::string& host) const override { return world_.Knows(host); }
  Response Get(const Request& request) override;

 private:
  World& world_;
};

}  // namespace fails::simulator
