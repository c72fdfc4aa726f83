// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/simulator/demo/rng.h"

namespace fails::simulator {

// The stages that one incident goes through. All patterns end with "resolved", some with a
// postmortem after it.
struct StagePattern {
  std::vector<std::string> stages;  // in order, "resolved" included, "postmortem" not
  bool postmortem;
  int count;  // of the 537 incidents of the paper's table
};

const std::vector<StagePattern>& StagePatterns();

// A pattern by its share in the table. With `watchable`, only among those that begin before they
// are resolved.
const StagePattern& PickPattern(Rng& rng, bool watchable);

// How the time from the first stage to "resolved" falls on the stages: the offset of each as a
// share of it, from 0 for the first to 1 for the last. The means follow the published durations of
// investigation, repair and check.
std::vector<double> StageOffsets(const StagePattern& pattern, Rng& rng);

}  // namespace fails::simulator
