// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Registry;
}

namespace fails::obs {

using Labels = std::map<std::string, std::string>;

// A thin, thread-safe front of prometheus-cpp, so that its headers stay in one translation unit.
// Handles are cheap to copy and stay valid as long as the process lives. Equal name and labels give
// the same series.
class Counter {
 public:
  void Increment(double by = 1) const;

 private:
  friend Counter GetCounter(const std::string&, const std::string&, const Labels&);
  void* impl_ = nullptr;
};

class Gauge {
 public:
  void Set(double value) const;
  void Increment(double by = 1) const;

 private:
  friend Gauge GetGauge(const std::string&, const std::string&, const Labels&);
  void* impl_ = nullptr;
};

class Histogram {
 public:
  void Observe(double value) const;

 private:
  friend Histogram GetHistogram(const std::string&, const std::string&, const Labels&,
                                const std::vector<double>&);
  void* impl_ = nullptr;
};

// Names follow Prometheus: fails_<room>_<what>_<unit>[_total].
Counter GetCounter(const std::string& name, const std::string& help, const Labels& labels = {});
Gauge GetGauge(const std::string& name, const std::string& help, const Labels& labels = {});
// Buckets default to 1 ms … 10 s.
Histogram GetHistogram(const std::string& name, const std::string& help, const Labels& labels = {},
                       const std::vector<double>& buckets = {});

// The text exposition format 0.0.4 of everything.
std::string RenderMetrics();

}  // namespace fails::obs
