// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/ring.h"

#include <algorithm>

namespace fails::gateway {

Ring::Ring(std::size_t most_events, std::size_t most_bytes)
    : most_events_(most_events), most_bytes_(most_bytes) {}

void Ring::Reset(std::uint64_t base) {
  events_.clear();
  bytes_ = 0;
  base_ = last_ = base;
}

void Ring::Append(Event event) {
  last_ = event.sequence;
  bytes_ += event.frame->size();
  events_.push_back(std::move(event));
  while (events_.size() > most_events_ || (bytes_ > most_bytes_ && events_.size() > 1)) {
    base_ = events_.front().sequence;
    bytes_ -= events_.front().frame->size();
    events_.pop_front();
  }
}

void Ring::Advance(std::uint64_t sequence) {
  last_ = std::max(last_, sequence);
}

Ring::Slice Ring::After(std::uint64_t cursor, const EventFilter& filter, std::size_t most) const {
  Slice slice{.frames = {}, .cursor = std::max(cursor, last_)};
  auto event = std::upper_bound(
      events_.begin(), events_.end(), cursor,
      [](std::uint64_t sequence, const Event& held) { return sequence < held.sequence; });
  for (; event != events_.end(); ++event) {
    if (!filter.Matches(*event)) continue;
    slice.frames.push_back(event->frame);
    if (slice.frames.size() == most) {
      slice.cursor = event->sequence;
      break;
    }
  }
  return slice;
}

}  // namespace fails::gateway
