// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/domain/cancelled.h"

namespace fails::analytics {

// Answers by key, the least recently used dropped first. Equal questions asked at once are computed
// once: the first caller computes on its own thread, the others wait for it. A computation goes on
// while anybody waits for it. Errors are handed to everyone who waited and are not kept.
// Thread-safe. Metric: fails_analytics_answers_total{from}.
class AnswerCache {
 public:
  using Answer = std::shared_ptr<const v1::Analysis>;
  // `cancelled` turns true when nobody waits for the answer any more.
  using Compute = std::function<absl::StatusOr<Answer>(const Cancelled& cancelled)>;

  explicit AnswerCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // CANCELLED when `cancelled` says so while waiting.
  absl::StatusOr<Answer> Get(const std::string& key, const Cancelled& cancelled,
                             const Compute& compute);

 private:
  struct Flight;
  struct Entry {
    std::string key;
    Answer answer;
    std::size_t bytes;
  };

  absl::StatusOr<Answer> Lead(const std::string& key, const std::shared_ptr<Flight>& flight,
                              const Cancelled& cancelled, const Compute& compute);
  // Absent: the computation was given up just before this caller joined; ask again.
  std::optional<absl::StatusOr<Answer>> Follow(Flight& flight, const Cancelled& cancelled);
  void Keep(const std::string& key, const Answer& answer) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::size_t max_bytes_;
  absl::Mutex mutex_;
  std::list<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // most recently used first
  absl::flat_hash_map<std::string, std::list<Entry>::iterator> by_key_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::shared_ptr<Flight>> flights_ ABSL_GUARDED_BY(mutex_);
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace fails::analytics
