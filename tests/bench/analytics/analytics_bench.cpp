// SPDX-License-Identifier: Apache-2.0
// Measures what the analytics process does with a snapshot: README.md beside this file.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>

#include "common/base/clock.h"
#include "common/base/time.h"
#include "common/runtime/or_throw.h"
#include "common/testing/await.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "tests/bench/analytics/latency.h"
#include "tests/bench/analytics/options.h"
#include "tests/bench/analytics/tables.h"

namespace fails::bench {
namespace {

using analytics::Analysis;
using analytics::QueryText;
using runtime::OrThrow;

bool Never() {
  return false;
}

class SyntheticSource final : public analytics::RowSource {
 public:
  explicit SyntheticSource(const Synthetic& data) : data_(data) {}

  absl::StatusOr<std::int64_t> ReadSince(std::int64_t, const analytics::RowSink& sink) override {
    sink.restart();
    data_.Incidents(sink.incident);
    data_.OutageDays(sink.outage_day);
    return data_.size();
  }
  absl::StatusOr<analytics::DataFingerprint> Fingerprint() override {
    return absl::UnimplementedError("nothing to compare with");
  }
  absl::StatusOr<analytics::DataSample> Sample(const analytics::SamplePosition&) override {
    return absl::UnimplementedError("nothing to compare with");
  }

 private:
  const Synthetic& data_;
};

// A query that nobody has asked yet: its `now` is another second each time.
QueryText NewQuery(std::size_t number) {
  return {.now = ToRfc3339(Synthetic::End() + absl::Seconds(static_cast<std::int64_t>(number)))};
}

// The seventeen of FAILS; what goes beyond them is measured alone.
std::vector<std::string> Seventeen() {
  std::vector<std::string> ids;
  for (const Analysis* analysis : analytics::AllAnalyses()) {
    switch (analysis->shape()) {
      case v1::ANALYSIS_SHAPE_SUMMARY:
      case v1::ANALYSIS_SHAPE_TREND:
      case v1::ANALYSIS_SHAPE_QUALITY:
        break;
      default:
        ids.emplace_back(analysis->id());
    }
  }
  return ids;
}

class Bench {
 public:
  explicit Bench(const Options& options)
      : options_(options), data_(options.incidents, options.seed), source_(data_) {}

  void Run() {
    if (!options_.csv.empty()) WriteCsv(data_, options_.csv);
    Memory();
    keeper_ = std::make_unique<analytics::SnapshotKeeper>(
        source_, data_.CatalogNames(),
        analytics::SnapshotKeeper::Options{.idle = absl::Hours(1000)});
    Report("load", "all", 1, LatencyOf({Milliseconds([&] {
             keeper_->Start();
             testing::Await([&] { return keeper_->Current() != nullptr; }, absl::Hours(1));
           })}));
    runner_ = std::make_unique<analytics::AnalysisRunner>(*keeper_, clock_, std::size_t{256} << 20);
    Alone();
    Together();
    Crowd();
  }

 private:
  void Report(const char* measure, const std::string& question, std::size_t threads,
              const Latency& latency) const {
    Print(measure, "fails", options_.incidents, question, threads, latency);
  }

  // What an incident takes, and what a change of one costs.
  void Memory() const {
    analytics::SnapshotBuilder builder(data_.CatalogNames());
    analytics::IncidentRow middle;
    data_.Incidents([&](const analytics::IncidentRow& row) {
      builder.Apply(row);
      if (row.version == data_.size() / 2 + 1) middle = row;
    });
    const auto snapshot = builder.Build(1);
    const auto each = [&](std::size_t bytes) {
      return static_cast<double>(bytes) / static_cast<double>(data_.size());
    };
    fmt::print(stderr, "{} incidents: {:.1f} bytes each in columns, {:.1f} in the index\n",
               data_.size(), each(snapshot->MemoryBytes()), each(builder.IndexBytes()));
    Report("bytes", "columns", 1, {each(snapshot->MemoryBytes()), 0, 1});
    Report("bytes", "index", 1, {each(builder.IndexBytes()), 0, 1});
    Report("patch", "one incident", 1, Measure(1, options_.runs, [&](std::size_t i) {
             middle.impact = i % 2 == 0 ? Impact::kMajor : Impact::kMinor;
             builder.Apply(middle);
             builder.Build(static_cast<std::int64_t>(i) + 2);
           }));
  }

  // Each analysis by itself, selection included.
  void Alone() {
    const auto snapshot = keeper_->Current();
    for (const Analysis* analysis : analytics::AllAnalyses()) {
      const auto query = OrThrow(ResolveQuery({}, *snapshot, Synthetic::End(), analysis->bases()));
      Report("cold", std::string(analysis->id()), 1, Measure(1, options_.runs, [&](std::size_t) {
               OrThrow(Compute(*analysis, *snapshot, query, Never));
             }));
    }
  }

  void Together() {
    const std::vector<std::string> ids = Seventeen();
    const std::string name = fmt::format("all {}", ids.size());
    Report("cold", name, 1, Measure(1, options_.runs, [&](std::size_t i) {
             OrThrow(runner_->RunMany(ids, NewQuery(1 + i), Never));
           }));
    Report("cached", name, 1, Measure(1, 50 * options_.runs, [&](std::size_t) {
             OrThrow(runner_->RunMany(ids, NewQuery(options_.runs), Never));
           }));
  }

  // Sixteen clients at once: one analysis each time, never asked before, then always the same ones.
  void Crowd() {
    const std::vector<std::string> ids = Seventeen();
    Report("cold", "any one", 16, Measure(16, options_.runs, [&](std::size_t i) {
             OrThrow(runner_->Run(ids[i % ids.size()], NewQuery(1'000'000 + i), Never));
           }));
    for (const std::string& id : ids) OrThrow(runner_->Run(id, NewQuery(0), Never));
    Report("cached", "any one", 16, Measure(16, 50 * options_.runs, [&](std::size_t i) {
             OrThrow(runner_->Run(ids[i % ids.size()], NewQuery(0), Never));
           }));
  }

  const Options options_;
  const Synthetic data_;
  SyntheticSource source_;
  SystemClock clock_;
  std::unique_ptr<analytics::SnapshotKeeper> keeper_;
  std::unique_ptr<analytics::AnalysisRunner> runner_;
};

}  // namespace
}  // namespace fails::bench

int main(int argc, char** argv) {
  spdlog::set_level(spdlog::level::warn);  // the standard output is for results
  try {
    fails::bench::Bench(
        fails::bench::ReadOptions(argc, argv, "Measures the analytics process on invented data."))
        .Run();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
