// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/analytics/app/flight.h"
#include "services/analytics/domain/cancelled.h"

namespace fails::analytics {

// Values by key, the least recently used dropped first. Equal questions asked at once are computed
// once: the first caller computes on its own thread, the others wait for it. A computation goes on
// while anybody waits for it. Errors are handed to everyone who waited and are not kept.
// Thread-safe.
template <class Value>
class FlightCache {
 public:
  using Answer = std::shared_ptr<const Value>;
  // `cancelled` turns true when nobody waits for the answer any more.
  using Compute = std::function<absl::StatusOr<Answer>(const Cancelled& cancelled)>;

  struct Options {
    std::size_t max_bytes;
    std::function<std::size_t(const Value&)> bytes_of;
    std::function<void(const char* from)> count;  // "cache", "computed", "joined"
  };
  explicit FlightCache(Options options) : options_(std::move(options)) {}

  // CANCELLED when `cancelled` says so while waiting.
  absl::StatusOr<Answer> Get(const std::string& key, const Cancelled& cancelled,
                             const Compute& compute) {
    while (true) {
      std::shared_ptr<Flight<Answer>> flight;
      bool leads = false;
      {
        absl::MutexLock lock(&mutex_);
        if (const auto hit = by_key_.find(key); hit != by_key_.end()) {
          entries_.splice(entries_.begin(), entries_, hit->second);
          options_.count("cache");
          return entries_.front().answer;
        }
        std::shared_ptr<Flight<Answer>>& running = flights_[key];
        leads = !running;
        if (leads) {
          running = std::make_shared<Flight<Answer>>();
        } else {
          running->Join();
        }
        flight = running;
      }
      if (leads) {
        options_.count("computed");
        return flight->Lead(cancelled, compute, [&](const absl::StatusOr<Answer>& outcome) {
          absl::MutexLock lock(&mutex_);
          flights_.erase(key);
          if (outcome.ok()) Keep(key, *outcome);
        });
      }
      if (auto outcome = flight->Follow(cancelled)) {
        options_.count("joined");
        return *std::move(outcome);
      }
    }
  }

 private:
  struct Entry {
    std::string key;
    Answer answer;
    std::size_t bytes;
  };

  void Keep(const std::string& key, const Answer& answer) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const std::size_t bytes = key.size() + options_.bytes_of(*answer);
    if (bytes > options_.max_bytes) return;
    entries_.push_front({key, answer, bytes});
    by_key_[key] = entries_.begin();
    bytes_ += bytes;
    while (bytes_ > options_.max_bytes) {
      bytes_ -= entries_.back().bytes;
      by_key_.erase(entries_.back().key);
      entries_.pop_back();
    }
  }

  const Options options_;
  absl::Mutex mutex_;
  std::list<Entry> entries_ ABSL_GUARDED_BY(mutex_);  // most recently used first
  absl::flat_hash_map<std::string, typename std::list<Entry>::iterator> by_key_
      ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::shared_ptr<Flight<Answer>>> flights_
      ABSL_GUARDED_BY(mutex_);
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace fails::analytics
