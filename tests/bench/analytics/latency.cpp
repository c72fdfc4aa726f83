// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/analytics/latency.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

namespace fails::bench {

Latency LatencyOf(std::vector<double> milliseconds) {
  if (milliseconds.empty()) return {};
  std::ranges::sort(milliseconds);
  const auto at = [&](double share) {
    const auto last = static_cast<double>(milliseconds.size() - 1);
    return milliseconds[static_cast<std::size_t>(share * last + 0.5)];
  };
  return {at(0.5), at(0.99), milliseconds.size()};
}

double Milliseconds(const std::function<void()>& run) {
  const auto began = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
      .count();
}

Latency Measure(std::size_t threads, std::size_t runs,
                const std::function<void(std::size_t)>& run) {
  std::vector<std::vector<double>> taken(threads);
  std::vector<std::thread> clients;
  for (std::size_t t = 0; t < threads; ++t) {
    clients.emplace_back([&, t] {
      for (std::size_t i = 0; i < runs; ++i) {
        taken[t].push_back(Milliseconds([&] { run(t * runs + i); }));
      }
    });
  }
  for (std::thread& client : clients) client.join();
  std::vector<double> all;
  for (const auto& some : taken) all.insert(all.end(), some.begin(), some.end());
  return LatencyOf(std::move(all));
}

void Print(const std::string& measure, const std::string& system, long long n,
           const std::string& question, std::size_t threads, const Latency& latency) {
  fmt::print("{},{},{},{},{},{:.3f},{:.3f},{}\n", measure, system, n, question, threads,
             latency.p50, latency.p99, latency.runs);
  std::fflush(stdout);
}

}  // namespace fails::bench
