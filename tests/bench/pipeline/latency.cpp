// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pipeline/latency.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/bus/stream_reader.h"
#include "tests/bench/pipeline/documents.h"
#include "tests/bench/pipeline/pipeline.h"

namespace fails::bench {
namespace {

constexpr int kPages = 4;  // p0 is measured, the others make the load

// Publishes at a steady rate until it ends.
class Load {
 public:
  Load(Pipeline& pipeline, int per_second) {
    if (per_second == 0) return;
    thread_ = std::thread([this, &pipeline, every = absl::Seconds(1) / per_second] {
      absl::Time next = absl::Now();
      for (int i = 0; !end_.WaitForNotificationWithTimeout(next - absl::Now()); ++i) {
        pipeline.Publish(
            Listing(fmt::format("p{}", 1 + i % (kPages - 1)), i * 50, 50, absl::Now()));
        next += every;
      }
    });
  }
  ~Load() {
    end_.Notify();
    if (thread_.joinable()) thread_.join();
  }

 private:
  absl::Notification end_;
  std::thread thread_;
};

void AwaitEvent(bus::StreamReader& events, const std::string& incident) {
  const std::string wanted = fmt::format(R"("subject":"{}")", incident);
  const absl::Time deadline = absl::Now() + absl::Minutes(2);
  while (absl::Now() < deadline) {
    const auto messages = events.Next(1000, absl::Seconds(5));
    if (!messages.ok()) throw std::runtime_error(messages.status().ToString());
    for (const bus::StoredMessage& message : *messages) {
      if (message.payload.find(wanted) != std::string::npos) return;
    }
  }
  throw std::runtime_error("no event of " + incident);
}

}  // namespace

std::vector<absl::Duration> MeasureLatency(const LatencyOptions& options) {
  Pipeline pipeline(kPages);
  pipeline.StartRelay();
  pipeline.StartConsumer();
  bus::StreamReader events(pipeline.connection(), "FAILS_EVENTS", "fails.events.v1.incident.p0.>",
                           1);
  std::vector<absl::Duration> latencies;
  const Load load(pipeline, options.load_per_second);
  for (int i = -5; i < options.documents; ++i) {  // the first five warm up
    const int number = i + 5;
    const v1::RawDocument document = Listing("p0", number, 1, absl::Now());
    const absl::Time began = absl::Now();
    pipeline.Publish(document);
    AwaitEvent(events, fmt::format("p0/i{}", number));
    if (i >= 0) latencies.push_back(absl::Now() - began);
  }
  std::ranges::sort(latencies);
  return latencies;
}

absl::Duration Quantile(const std::vector<absl::Duration>& sorted, double q) {
  if (sorted.empty()) return absl::ZeroDuration();
  return sorted[static_cast<std::size_t>(q * static_cast<double>(sorted.size() - 1) + 0.5)];
}

}  // namespace fails::bench
