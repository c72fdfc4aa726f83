// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/gateway/events/ring.h"
#include "services/gateway/events/source.h"
#include "services/gateway/events/waker.h"

namespace fails::gateway {

// Follows the stream of events in one thread for all subscribers. Thread-safe.
class Hub {
 public:
  struct Options {
    std::size_t ring_events = 4096;
    std::size_t ring_bytes = 32 << 20;
    absl::Duration read_wait = absl::Milliseconds(500);
    absl::Duration retry = absl::Milliseconds(500);
    absl::Duration check_every = absl::Seconds(5);  // whether the stream was made anew
  };

  // `source` outlives the hub.
  Hub(EventSource& source, Options options);
  ~Hub();

  void Start();
  // Ends every subscription. Idempotent.
  void Stop();

  // Where the stream stands; absent until it was first reached.
  struct Position {
    std::uint64_t generation = 0;  // grows when the stream was made anew and its numbers start over
    std::uint64_t began = 0;       // the stream's last event when the hub reached it
    std::uint64_t last = 0;
  };
  std::optional<Position> position() const;

  enum class Found {
    kFrames,   // here they are
    kNothing,  // `waker` is woken when to look again
    kMissing,  // older than what the hub holds (everything behind `base`): read it from the stream
    kEnd,      // the stream was made anew, or the gateway stops
  };
  struct Taken {
    Found found = Found::kEnd;
    Ring::Slice slice{};
    std::uint64_t base = 0;
  };
  // Up to `most` frames behind `cursor`.
  Taken Take(std::uint64_t generation, std::uint64_t cursor, const EventFilter& filter,
             std::size_t most, const std::shared_ptr<Waker>& waker);

  // Wakes `waker` once there is a position or the hub stops; false when it has stopped already.
  bool AwaitPosition(const std::shared_ptr<Waker>& waker);
  // After this, `waker` is not woken any more.
  void Forget(const std::shared_ptr<Waker>& waker);

 private:
  void Run();
  // Finds the stream and reads on until something fails.
  absl::Status Follow();
  // ABORTED when the stream, which is at `sequence`, is not the one that was read so far.
  absl::Status CheckContinues(std::uint64_t sequence);
  std::uint64_t Begin(const bus::StreamBounds& bounds);
  absl::Status Append(const std::vector<bus::StoredMessage>& messages);
  void WakeAll() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  EventSource& source_;
  const Options options_;
  absl::Notification stop_;
  std::thread thread_;

  mutable absl::Mutex mutex_;
  Ring ring_ ABSL_GUARDED_BY(mutex_);
  std::optional<Position> position_ ABSL_GUARDED_BY(mutex_);
  bool replaced_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_set<std::shared_ptr<Waker>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace fails::gateway
