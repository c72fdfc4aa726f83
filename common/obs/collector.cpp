// SPDX-License-Identifier: Apache-2.0
#include "common/obs/collector.h"

#include <mutex>
#include <utility>

namespace fails::obs {
namespace {

// Held while collecting: a collector's end waits for that.
struct Registry {
  std::mutex mutex;
  std::vector<const Collector*> collectors;
};

// Never destroyed, as the handles of metrics.h.
Registry& All() {
  static auto* const registry = new Registry;
  return *registry;
}

}  // namespace

Collector::Collector(Collect collect) : collect_(std::move(collect)) {
  const std::lock_guard lock(All().mutex);
  All().collectors.push_back(this);
}

Collector::~Collector() {
  const std::lock_guard lock(All().mutex);
  std::erase(All().collectors, this);
}

void CollectAll(const std::function<void(Family)>& tell) {
  const std::lock_guard lock(All().mutex);
  for (const Collector* collector : All().collectors) collector->collect_(tell);
}

}  // namespace fails::obs
