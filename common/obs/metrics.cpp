// SPDX-License-Identifier: Apache-2.0
#include "common/obs/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/obs/collector.h"
#include "common/obs/process_metrics.h"

namespace fails::obs {
namespace {

const std::vector<double>& DefaultBuckets() {
  static const std::vector<double> buckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                              0.25,  0.5,    1,     2.5,  5,     10};
  return buckets;
}

template <class T>
class Families {
 public:
  explicit Families(prometheus::Registry& registry) : registry_(registry) {}

  prometheus::Family<T>& Get(const std::string& name, const std::string& help,
                             prometheus::detail::Builder<T> builder) {
    const std::lock_guard lock(mutex_);
    auto found = by_name_.find(name);
    if (found == by_name_.end()) {
      found = by_name_.emplace(name, &builder.Name(name).Help(help).Register(registry_)).first;
    }
    return *found->second;
  }

 private:
  prometheus::Registry& registry_;
  std::mutex mutex_;
  std::unordered_map<std::string, prometheus::Family<T>*> by_name_;
};

// Lives as long as the process, handles included: never destroyed.
struct Metrics {
  prometheus::Registry registry;
  Families<prometheus::Counter> counters{registry};
  Families<prometheus::Gauge> gauges{registry};
  Families<prometheus::Histogram> histograms{registry};
};

Metrics& All() {
  static auto* const metrics = new Metrics;
  return *metrics;
}

prometheus::MetricFamily ToPrometheus(Family family) {
  const bool counts = family.kind == FamilyKind::kCounter;
  prometheus::MetricFamily result{
      .name = std::move(family.name),
      .help = std::move(family.help),
      .type = counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge,
      .metric = {}};
  result.metric.reserve(family.samples.size());
  for (Sample& sample : family.samples) {
    prometheus::ClientMetric& metric = result.metric.emplace_back();
    metric.label.reserve(sample.labels.size());
    for (auto& [name, value] : std::exchange(sample.labels, {})) {
      metric.label.push_back({std::move(name), std::move(value)});
    }
    (counts ? metric.counter.value : metric.gauge.value) = sample.value;
  }
  return result;
}

}  // namespace

void Counter::Increment(double by) const {
  static_cast<prometheus::Counter*>(impl_)->Increment(by);
}
void Gauge::Set(double value) const {
  static_cast<prometheus::Gauge*>(impl_)->Set(value);
}
void Gauge::Increment(double by) const {
  static_cast<prometheus::Gauge*>(impl_)->Increment(by);
}
void Histogram::Observe(double value) const {
  static_cast<prometheus::Histogram*>(impl_)->Observe(value);
}

Counter GetCounter(const std::string& name, const std::string& help, const Labels& labels) {
  Counter counter;
  counter.impl_ = &All().counters.Get(name, help, prometheus::BuildCounter()).Add(labels);
  return counter;
}

Gauge GetGauge(const std::string& name, const std::string& help, const Labels& labels) {
  Gauge gauge;
  gauge.impl_ = &All().gauges.Get(name, help, prometheus::BuildGauge()).Add(labels);
  return gauge;
}

Histogram GetHistogram(const std::string& name, const std::string& help, const Labels& labels,
                       const std::vector<double>& buckets) {
  Histogram histogram;
  histogram.impl_ = &All()
                         .histograms.Get(name, help, prometheus::BuildHistogram())
                         .Add(labels, buckets.empty() ? DefaultBuckets() : buckets);
  return histogram;
}

std::string RenderMetrics() {
  std::ostringstream text;
  const prometheus::TextSerializer serializer;
  serializer.Serialize(text, All().registry.Collect());
  serializer.Serialize(text, CollectProcessMetrics());
  // One family at a time: of a thousand pages, all at once would be megabytes of labels.
  CollectAll([&](Family family) { serializer.Serialize(text, {ToPrometheus(std::move(family))}); });
  return std::move(text).str();
}

}  // namespace fails::obs
