// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "common/base/clock.h"
#include "tests/simulator/control.h"
#include "tests/simulator/faults.h"
#include "tests/simulator/http.h"
#include "tests/simulator/request_log.h"
#include "tests/simulator/site.h"

namespace fails::simulator {

// Everything between the socket and the pages: health, control, faults, ETags, the log.
// Thread-safe.
class Simulator {
 public:
  // `pause` waits for the delay of a slow answer; the server gives one that its stop cuts short.
  // All outlive this. `demo` is null where there is nothing to steer.
  using Pause = std::function<void(absl::Duration)>;
  Simulator(Site& site, IncidentControl* demo, const Clock& clock, Pause pause);

  Response Handle(const Request& request);

 private:
  Response Serve(const Request& request);

  Site& site_;
  const Clock& clock_;
  const Pause pause_;
  FaultBook faults_;
  RequestLog log_;
  ControlApi control_;
};

}  // namespace fails::simulator
