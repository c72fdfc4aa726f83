// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace fails::bench {

// Milliseconds that some runs took.
struct Latency {
  double p50 = 0;
  double p99 = 0;
  std::size_t runs = 0;
};

Latency LatencyOf(std::vector<double> milliseconds);

// How long one run takes.
double Milliseconds(const std::function<void()>& run);

// `runs` times on each of `threads` threads at once; `run` is told which run of all it is.
Latency Measure(std::size_t threads, std::size_t runs, const std::function<void(std::size_t)>& run);

// One line of the results, "measure,system,n,question,threads,p50_ms,p99_ms,runs", on the standard
// output.
void Print(const std::string& measure, const std::string& system, long long n,
           const std::string& question, std::size_t threads, const Latency& latency);

}  // namespace fails::bench
