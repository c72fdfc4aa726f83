// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/answer_cache.h"

#include <atomic>
#include <optional>

#include "absl/cleanup/cleanup.h"
#include "absl/time/time.h"
#include "common/obs/metrics.h"

namespace fails::analytics {
namespace {

// How often a waiting call looks whether its client is still there: gRPC tells that to those who
// ask only.
constexpr absl::Duration kLookAround = absl::Milliseconds(50);

void Count(const char* from) {
  obs::GetCounter(
      "fails_analytics_answers_total",
      "Analyses answered: from the cache, computed, or joined to a running computation.",
      {{"from", from}})
      .Increment();
}

}  // namespace

struct AnswerCache::Flight {
  absl::Mutex mutex;
  std::optional<absl::StatusOr<Answer>> outcome ABSL_GUARDED_BY(mutex);
  std::atomic<int> followers = 0;
};

absl::StatusOr<AnswerCache::Answer> AnswerCache::Get(const std::string& key,
                                                     const Cancelled& cancelled,
                                                     const Compute& compute) {
  while (true) {
    std::shared_ptr<Flight> flight;
    bool leads = false;
    {
      absl::MutexLock lock(&mutex_);
      if (const auto hit = by_key_.find(key); hit != by_key_.end()) {
        entries_.splice(entries_.begin(), entries_, hit->second);
        Count("cache");
        return entries_.front().answer;
      }
      std::shared_ptr<Flight>& running = flights_[key];
      if (!running) {
        running = std::make_shared<Flight>();
        leads = true;
      } else {
        ++running->followers;
      }
      flight = running;
    }
    if (leads) {
      Count("computed");
      return Lead(key, flight, cancelled, compute);
    }
    if (auto outcome = Follow(*flight, cancelled)) {
      Count("joined");
      return *std::move(outcome);
    }
  }
}

absl::StatusOr<AnswerCache::Answer> AnswerCache::Lead(const std::string& key,
                                                      const std::shared_ptr<Flight>& flight,
                                                      const Cancelled& cancelled,
                                                      const Compute& compute) {
  absl::StatusOr<Answer> outcome = absl::InternalError("the computation broke off");
  {
    // Also when it throws: nobody may wait for ever.
    const absl::Cleanup land = [&] {
      {
        absl::MutexLock lock(&mutex_);
        flights_.erase(key);
        if (outcome.ok()) Keep(key, *outcome);
      }
      absl::MutexLock lock(&flight->mutex);
      flight->outcome = outcome;
    };
    outcome = compute([&] { return flight->followers.load() == 0 && cancelled(); });
  }
  return outcome;
}

std::optional<absl::StatusOr<AnswerCache::Answer>> AnswerCache::Follow(Flight& flight,
                                                                       const Cancelled& cancelled) {
  const auto done = [&flight]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(flight.mutex) {
    return flight.outcome.has_value();
  };
  std::optional<absl::StatusOr<Answer>> outcome;
  while (!outcome) {
    {
      absl::MutexLock lock(&flight.mutex);
      if (flight.mutex.AwaitWithTimeout(absl::Condition(&done), kLookAround))
        outcome = flight.outcome;
    }
    if (!outcome && cancelled()) outcome = absl::CancelledError("the client went away");
  }
  --flight.followers;
  // Given up by its leader before it knew of us: our client is still there.
  if (absl::IsCancelled(outcome->status()) && !cancelled()) return std::nullopt;
  return outcome;
}

void AnswerCache::Keep(const std::string& key, const Answer& answer) {
  const std::size_t bytes = key.size() + answer->SpaceUsedLong();
  if (bytes > max_bytes_) return;
  entries_.push_front({key, answer, bytes});
  by_key_[key] = entries_.begin();
  bytes_ += bytes;
  while (bytes_ > max_bytes_) {
    bytes_ -= entries_.back().bytes;
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace fails::analytics
