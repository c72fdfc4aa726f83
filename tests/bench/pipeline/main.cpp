// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>

#include "tests/bench/pipeline/latency.h"
#include "tests/bench/pipeline/throughput.h"

int main(int argc, char** argv) {
  fails::bench::ThroughputOptions options;
  fails::bench::LatencyOptions idle, loaded{.load_per_second = 10};
  CLI::App app("How fast documents become incidents and events", "fails-bench-pipeline");
  app.add_option("--incidents", options.incidents)->check(CLI::Range(100, 10'000'000));
  app.add_option("--documents", idle.documents, "For latency")->check(CLI::Range(10, 100'000));
  app.add_option("--load", loaded.load_per_second, "Documents of 50 incidents a second")
      ->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  spdlog::set_level(spdlog::level::warn);
  loaded.documents = idle.documents;

  const auto speed = fails::bench::MeasureThroughput(options);
  fmt::print("incidents committed with outbox  {:>9.0f} /s\n", speed.pipeline);
  fmt::print("bare upsert of the same rows     {:>9.0f} /s   ratio {:.2f}\n", speed.bare_rows,
             speed.pipeline / speed.bare_rows);
  fmt::print("  of the incidents' rows alone   {:>9.0f} /s   ratio {:.2f}\n", speed.bare_incidents,
             speed.pipeline / speed.bare_incidents);
  fmt::print("events published by the relay    {:>9.0f} /s\n", speed.relay);
  for (const auto& [name, settings] : {std::pair("idle", idle), std::pair("under load", loaded)}) {
    const auto latencies = fails::bench::MeasureLatency(settings);
    fmt::print("document to event, {:<11}   p50 {:.1f} ms   p99 {:.1f} ms\n", name,
               absl::ToDoubleMilliseconds(fails::bench::Quantile(latencies, 0.5)),
               absl::ToDoubleMilliseconds(fails::bench::Quantile(latencies, 0.99)));
  }
}
