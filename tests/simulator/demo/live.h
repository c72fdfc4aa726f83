// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "tests/simulator/demo/model.h"
#include "tests/simulator/demo/pages.h"
#include "tests/simulator/demo/rng.h"

namespace fails::simulator {

struct LiveIncident {
  std::size_t page;  // index into the pages
  Incident incident;
};

// The incidents that open while somebody watches, one every 20 to 30 seconds divided by `speed`,
// the first after a few. The same arguments give the same incidents.
class LiveStream {
 public:
  LiveStream(const std::vector<PageSpec>& pages, std::uint64_t seed, absl::Time from, double speed);

  // When the next one opens.
  absl::Time next_at() const { return next_at_; }
  LiveIncident Next();

 private:
  const std::vector<PageSpec>& pages_;
  std::vector<double> page_weights_;
  const double speed_;
  Rng rng_;
  absl::Time next_at_;
};

}  // namespace fails::simulator
