// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/scraper/memory.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

#include "common/obs/metrics.h"
#include "common/testing/await.h"
#include "common/testing/private_nats.h"
#include "services/scraper/tests/replica.h"

namespace fails::bench {
namespace {

constexpr int kDocuments = 5;  // of a Statuspage page at every poll

double StatusMb(std::string_view field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field)) return std::stod(line.substr(field.size() + 1)) / 1024;
  }
  throw std::runtime_error(fmt::format("no {} in /proc/self/status", field));
}

}  // namespace

MemoryUse MeasureMemory(const PageSite& site, int pages) {
  MemoryUse use;
  testing::PrivateNats nats;
  use.before_mb = StatusMb("VmRSS");
  scraper::Replica replica(nats.url(), "bench", site.Pages(pages, pages, absl::Minutes(1)));
  replica.Start();
  const std::int64_t wanted = std::int64_t{pages} * kDocuments;
  if (!testing::Await([&] { return site.NotModified() >= wanted; }, absl::Minutes(30))) {
    throw std::runtime_error(
        fmt::format("{} of {} documents asked for again", site.NotModified(), wanted));
  }
  use.now_mb = StatusMb("VmRSS");
  if (obs::RenderMetrics().empty()) throw std::runtime_error("no metrics");
  use.most_mb = StatusMb("VmHWM");
  replica.Stop();
  return use;
}

}  // namespace fails::bench
