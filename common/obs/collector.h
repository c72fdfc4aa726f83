// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace fails::obs {

enum class FamilyKind { kCounter, kGauge };

struct Sample {
  std::vector<std::pair<std::string, std::string>> labels;
  double value = 0;
};

// All series of one name.
struct Family {
  std::string name;
  std::string help;
  FamilyKind kind = FamilyKind::kGauge;
  std::vector<Sample> samples;
};

// Series that are computed whenever somebody asks, by whoever knows their values anyway: a handle
// of metrics.h weighs some two hundred bytes, which thousands of series pay for all the time.
class Collector {
 public:
  // Called on the thread that asks; hands over one family after the other. Each name is told by one
  // collector and by no handle. Makes no collector and ends none.
  using Collect = std::function<void(const std::function<void(Family)>& tell)>;

  explicit Collector(Collect collect);
  ~Collector();  // `collect` is not under way and will not be called again
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

 private:
  friend void CollectAll(const std::function<void(Family)>& tell);
  const Collect collect_;
};

// Every family of every collector there is.
void CollectAll(const std::function<void(Family)>& tell);

}  // namespace fails::obs
