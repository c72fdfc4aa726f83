// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/page_health_board.h"

#include <utility>

#include "common/obs/log.h"

namespace fails::analytics {

PageHealthBoard::PageHealthBoard(bus::Connection& connection)
    : watcher_(connection, "page_health",
               [this](const std::string& page, const std::optional<std::string>& value) {
                 Take(page, value);
               }) {}

void PageHealthBoard::Take(const std::string& page, const std::optional<std::string>& value) {
  v1::PageHealth health;
  if (value && !health.ParseFromString(*value)) {
    spdlog::warn("the health of page '{}' cannot be read and counts as unknown", page);
  }
  absl::MutexLock lock(&mutex_);
  if (value) {
    by_page_[page] = std::move(health);
  } else {
    by_page_.erase(page);
  }
}

std::optional<v1::PageHealth> PageHealthBoard::Get(const std::string& page) const {
  absl::MutexLock lock(&mutex_);
  const auto it = by_page_.find(page);
  if (it == by_page_.end()) return std::nullopt;
  return it->second;
}

}  // namespace fails::analytics
