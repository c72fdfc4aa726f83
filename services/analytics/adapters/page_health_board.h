// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "common/bus/key_value.h"
#include "services/analytics/app/page_health_source.h"

namespace fails::analytics {

// Follows the key-value bucket `page_health`, into which the scraper writes a serialized
// v1::PageHealth per page.
class PageHealthBoard final : public PageHealthSource {
 public:
  explicit PageHealthBoard(bus::Connection& connection);

  std::optional<v1::PageHealth> Get(const std::string& page) const override;
  void Stop() { watcher_.Stop(); }

 private:
  void Take(const std::string& page, const std::optional<std::string>& value);

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, v1::PageHealth> by_page_ ABSL_GUARDED_BY(mutex_);
  bus::KeyValueWatcher watcher_;  // last: calls into the above from a thread of its own
};

}  // namespace fails::analytics
