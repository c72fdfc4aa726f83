// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace fails::simulator {

// Random numbers that are the same on every machine (the standard distributions are not).
// SplitMix64 underneath.
class Rng {
 public:
  // One independent stream per key, e.g. "7/status.example.com/2026-04".
  explicit Rng(absl::string_view key);

  std::uint64_t Next();
  double Uniform();  // in [0, 1)
  double Uniform(double low, double high);
  bool Chance(double probability) { return Uniform() < probability; }
  double Exponential(double mean);
  double LogNormal(double mean,
                   double sigma);  // `mean` of the values themselves, `sigma` of their logarithm
  std::size_t Pick(const std::vector<double>& weights);
  template <typename T>
  const T& OneOf(const std::vector<T>& items) {
    return items[static_cast<std::size_t>(Uniform() * static_cast<double>(items.size()))];
  }
  std::string Code();  // 12 lower-case letters and digits, like the platform's ids

 private:
  std::uint64_t state_;
};

}  // namespace fails::simulator
