// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "services/gateway/events/event.h"

namespace fails::gateway {

// The newest events of the stream: everything behind `base()`, without a gap. Every subscriber
// reads from here at its own cursor (the last sequence it has seen), so that a thousand of them
// need no queue each. Not thread-safe.
class Ring {
 public:
  Ring(std::size_t most_events, std::size_t most_bytes);

  // Empties it: what comes next follows `base`.
  void Reset(std::uint64_t base);
  // Sequences grow. Drops the oldest events beyond the bounds.
  void Append(Event event);
  // The stream has come to `sequence` without an event for subscribers.
  void Advance(std::uint64_t sequence);

  // Whether nothing behind `cursor` is missing here.
  bool Covers(std::uint64_t cursor) const { return cursor >= base_; }

  struct Slice {
    std::vector<http::SharedBytes> frames;
    std::uint64_t cursor = 0;  // to go on from
  };
  // Up to `most` frames behind `cursor` that match.
  Slice After(std::uint64_t cursor, const EventFilter& filter, std::size_t most) const;

  std::uint64_t base() const { return base_; }
  std::uint64_t last() const { return last_; }

 private:
  const std::size_t most_events_, most_bytes_;
  std::deque<Event> events_;
  std::size_t bytes_ = 0;
  std::uint64_t base_ = 0;
  std::uint64_t last_ = 0;
};

}  // namespace fails::gateway
