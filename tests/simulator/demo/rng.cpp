// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/rng.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace fails::simulator {

Rng::Rng(absl::string_view key) : state_(0xcbf29ce484222325u) {
  for (const char c : key) {  // FNV-1a
    state_ ^= static_cast<unsigned char>(c);
    state_ *= 0x100000001b3u;
  }
}

std::uint64_t Rng::Next() {
  state_ += 0x9e3779b97f4a7c15u;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

double Rng::Uniform() {
  return static_cast<double>(Next() >> 11) * 0x1.0p-53;
}

double Rng::Uniform(double low, double high) {
  return low + Uniform() * (high - low);
}

double Rng::Exponential(double mean) {
  return -mean * std::log1p(-Uniform());
}

double Rng::LogNormal(double mean, double sigma) {
  const double radius = std::sqrt(-2 * std::log1p(-Uniform()));
  const double normal = radius * std::cos(2 * std::numbers::pi * Uniform());
  return mean * std::exp(sigma * normal - sigma * sigma / 2);
}

std::size_t Rng::Pick(const std::vector<double>& weights) {
  double left = Uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.size() - 1;
}

std::string Rng::Code() {
  constexpr char kLetters[] = "0123456789bcdfghjklmnpqrstvwxyz";
  std::string code(12, '0');
  for (char& c : code) c = kLetters[Next() % (sizeof(kLetters) - 1)];
  return code;
}

}  // namespace fails::simulator
