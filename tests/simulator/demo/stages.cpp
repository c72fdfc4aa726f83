// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/stages.h"

#include <array>

namespace fails::simulator {
namespace {

const std::string kInvestigating = "investigating";
const std::string kIdentified = "identified";
const std::string kMonitoring = "monitoring";
const std::string kResolved = "resolved";

// Hours that a step takes on average: "Mean duration of model parameters", Chu et al., ICPE'25.
struct Step {
  const std::string& to;
  double mean_hours;
};
const std::array<Step, 3> kSteps = {{{kIdentified, 0.84}, {kMonitoring, 1.40}, {kResolved, 1.58}}};

// The mean time from one stage to a later one, over the stages between them that were never posted.
double MeanHours(const std::string& from, const std::string& to) {
  double hours = 0;
  bool counting = from == kInvestigating;
  for (const Step& step : kSteps) {
    if (counting) hours += step.mean_hours;
    if (step.to == to) break;
    if (step.to == from) counting = true;
  }
  return hours;
}

}  // namespace

const std::vector<StagePattern>& StagePatterns() {
  // "Incident status count" of the same paper.
  static const std::vector<StagePattern> kPatterns = {
      {{kInvestigating, kMonitoring, kResolved}, false, 131},
      {{kInvestigating, kResolved}, false, 110},
      {{kInvestigating, kIdentified, kMonitoring, kResolved}, false, 77},
      {{kResolved}, false, 62},
      {{kIdentified, kMonitoring, kResolved}, false, 39},
      {{kInvestigating, kIdentified, kResolved}, false, 35},
      {{kIdentified, kResolved}, false, 32},
      {{kMonitoring, kResolved}, false, 18},
      {{kInvestigating, kIdentified, kMonitoring, kResolved}, true, 12},
      {{kInvestigating, kMonitoring, kResolved}, true, 7},
      {{kInvestigating, kResolved}, true, 5},
      {{kResolved}, true, 4},
      {{kIdentified, kMonitoring, kResolved}, true, 3},
      {{kIdentified, kResolved}, true, 2},
  };
  return kPatterns;
}

const StagePattern& PickPattern(Rng& rng, bool watchable) {
  std::vector<double> weights;
  for (const StagePattern& pattern : StagePatterns()) {
    weights.push_back(watchable && pattern.stages.size() == 1 ? 0 : pattern.count);
  }
  return StagePatterns()[rng.Pick(weights)];
}

std::vector<double> StageOffsets(const StagePattern& pattern, Rng& rng) {
  std::vector<double> offsets = {0};
  for (std::size_t i = 1; i < pattern.stages.size(); ++i) {
    const double mean = MeanHours(pattern.stages[i - 1], pattern.stages[i]);
    offsets.push_back(offsets.back() + rng.Exponential(mean / 2) + rng.Exponential(mean / 2) +
                      0.01);
  }
  const double total = offsets.back();
  for (double& offset : offsets) offset = total > 0 ? offset / total : 0;
  return offsets;
}

}  // namespace fails::simulator
