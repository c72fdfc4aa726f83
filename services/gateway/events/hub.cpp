// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/hub.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "common/base/status_macros.h"
#include "common/obs/metrics.h"

namespace fails::gateway {
namespace {

constexpr int kBatch = 256;

}  // namespace

Hub::Hub(EventSource& source, Options options)
    : source_(source), options_(options), ring_(options.ring_events, options.ring_bytes) {}

Hub::~Hub() {
  Stop();
}

void Hub::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Hub::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return;
    stopped_ = true;
    WakeAll();
  }
  stop_.Notify();
  if (thread_.joinable()) thread_.join();
}

std::optional<Hub::Position> Hub::position() const {
  absl::MutexLock lock(&mutex_);
  return position_;
}

Hub::Taken Hub::Take(std::uint64_t generation, std::uint64_t cursor, const EventFilter& filter,
                     std::size_t most, const std::shared_ptr<Waker>& waker) {
  absl::MutexLock lock(&mutex_);
  if (stopped_ || !position_ || position_->generation != generation) return {};
  Taken taken{.found = Found::kMissing, .slice = {}, .base = ring_.base()};
  if (!ring_.Covers(cursor)) return taken;
  taken.slice = ring_.After(cursor, filter, most);
  taken.found = taken.slice.frames.empty() ? Found::kNothing : Found::kFrames;
  if (taken.found == Found::kNothing) waiting_.insert(waker);
  return taken;
}

bool Hub::AwaitPosition(const std::shared_ptr<Waker>& waker) {
  absl::MutexLock lock(&mutex_);
  if (stopped_) return false;
  if (position_) {
    waker->Wake();
  } else {
    waiting_.insert(waker);
  }
  return true;
}

void Hub::Forget(const std::shared_ptr<Waker>& waker) {
  absl::MutexLock lock(&mutex_);
  waiting_.erase(waker);
}

void Hub::Run() {
  std::string told;
  while (!stop_.HasBeenNotified()) {
    const absl::Status status = Follow();
    // Once for each reason, not twice a second.
    if (!status.ok() && told != status.ToString()) {
      told = status.ToString();
      spdlog::warn("live events wait: {}", told);
    }
    stop_.WaitForNotificationWithTimeout(options_.retry);
  }
}

absl::Status Hub::Follow() {
  FAILS_ASSIGN_OR_RETURN(const bus::StreamBounds bounds, source_.Bounds());
  const std::unique_ptr<EventReader> reader = source_.Open(Begin(bounds));
  absl::Time checked = absl::Now();
  while (!stop_.HasBeenNotified()) {
    FAILS_ASSIGN_OR_RETURN(const auto messages, reader->Next(kBatch, options_.read_wait));
    if (!messages.empty()) {
      FAILS_RETURN_IF_ERROR(Append(messages));
    } else if (absl::Now() - checked >= options_.check_every) {
      FAILS_ASSIGN_OR_RETURN(const bus::StreamBounds now, source_.Bounds());
      FAILS_RETURN_IF_ERROR(CheckContinues(now.last));
      checked = absl::Now();
    }
  }
  return absl::OkStatus();
}

// A stream that has not come as far as we have seen, or whose numbers go back, is another one.
absl::Status Hub::CheckContinues(std::uint64_t sequence) {
  absl::MutexLock lock(&mutex_);
  if (sequence >= ring_.last()) return absl::OkStatus();
  replaced_ = true;
  return absl::AbortedError("the stream of events was made anew");
}

// The sequence to read from: where we were, or so far back that the ring fills.
std::uint64_t Hub::Begin(const bus::StreamBounds& bounds) {
  absl::MutexLock lock(&mutex_);
  if (position_ && !replaced_ && bounds.last >= ring_.last()) return ring_.last() + 1;
  replaced_ = false;
  const std::uint64_t before_first = bounds.first > 0 ? bounds.first - 1 : 0;
  const std::uint64_t far_enough =
      bounds.last > options_.ring_events ? bounds.last - options_.ring_events : 0;
  ring_.Reset(std::min(std::max(before_first, far_enough), bounds.last));
  position_ = Position{.generation = position_ ? position_->generation + 1 : 1,
                       .began = bounds.last,
                       .last = bounds.last};
  spdlog::info("live events follow the stream after {}", ring_.base());
  WakeAll();
  return ring_.base() + 1;
}

absl::Status Hub::Append(const std::vector<bus::StoredMessage>& messages) {
  FAILS_RETURN_IF_ERROR(CheckContinues(messages.front().sequence - 1));
  std::vector<Event> events;
  for (const bus::StoredMessage& message : messages) {
    auto event = ParseEvent(message);
    if (event.ok()) {
      events.push_back(*std::move(event));
    } else {
      spdlog::warn("{}", event.status().ToString());
      obs::GetCounter("fails_gateway_sse_unreadable_total", "Stored messages that are no event")
          .Increment();
    }
  }
  absl::MutexLock lock(&mutex_);
  for (Event& event : events) ring_.Append(std::move(event));
  ring_.Advance(messages.back().sequence);
  position_->last = std::max(position_->last, ring_.last());
  WakeAll();
  return absl::OkStatus();
}

void Hub::WakeAll() {
  for (const auto& waker : waiting_) waker->Wake();
  waiting_.clear();
}

}  // namespace fails::gateway
