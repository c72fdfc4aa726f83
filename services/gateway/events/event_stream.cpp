// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/event_stream.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "common/obs/metrics.h"

namespace fails::gateway {
namespace {

constexpr std::size_t kFramesAtOnce = 32;

using SteadyClock = std::chrono::steady_clock;

obs::Gauge Subscribers() {
  return obs::GetGauge("fails_gateway_sse_subscribers", "Open event streams");
}

}  // namespace

EventStream::EventStream(boost::asio::any_io_executor executor, Hub& hub, ReplayPool& pool,
                         EventFilter filter, std::optional<std::uint64_t> after, Options options)
    : hub_(hub),
      pool_(pool),
      filter_(std::move(filter)),
      options_(options),
      waker_(std::make_shared<Waker>(std::move(executor))),
      from_now_(!after),
      early_(!hub.position()),
      cursor_(after) {
  Subscribers().Increment();
}

EventStream::~EventStream() {
  hub_.Forget(waker_);
  Subscribers().Increment(-1);
}

http::Task<http::SharedBytes> EventStream::Next() {
  if (!greeted_) co_return Greet();
  for (;;) {
    if (!ready_.empty()) {
      http::SharedBytes frame = std::move(ready_.front());
      ready_.pop_front();
      heartbeat_at_ = SteadyClock::now() + absl::ToChronoMilliseconds(options_.heartbeat);
      co_return frame;
    }
    if (ended_) co_return nullptr;
    if (SteadyClock::now() >= heartbeat_at_) {
      heartbeat_at_ = SteadyClock::now() + absl::ToChronoMilliseconds(options_.heartbeat);
      static const http::SharedBytes kHeartbeat =
          std::make_shared<const std::string>(HeartbeatFrame());
      co_return kHeartbeat;
    }
    if (generation_) {
      co_await Fill();
    } else {
      co_await AwaitPosition();
    }
  }
}

http::SharedBytes EventStream::Greet() {
  greeted_ = true;
  heartbeat_at_ = SteadyClock::now() + absl::ToChronoMilliseconds(options_.heartbeat);
  Join();
  return std::make_shared<const std::string>(HelloFrame(cursor_ ? &*cursor_ : nullptr));
}

// Takes its place in the stream, if the hub knows it by now.
void EventStream::Join() {
  const auto position = hub_.position();
  if (!position) return;
  generation_ = position->generation;
  // Who came before the stream was reached gets all that happened from there on.
  if (from_now_) cursor_ = early_ ? position->began : position->last;
  // A place in the future, found out late because NATS was away: the client is told when it comes
  // back.
  if (early_ && *cursor_ > position->last) ended_ = true;
}

http::Task<void> EventStream::AwaitPosition() {
  if (!hub_.AwaitPosition(waker_)) {
    ended_ = true;
    co_return;
  }
  co_await waker_->Sleep(heartbeat_at_);
  Join();
}

http::Task<void> EventStream::Fill() {
  Hub::Taken taken = hub_.Take(*generation_, *cursor_, filter_, kFramesAtOnce, waker_);
  switch (taken.found) {
    case Hub::Found::kEnd:
      ended_ = true;
      co_return;
    case Hub::Found::kMissing:
      if (!up_to_date_) {
        co_await FillFromStream(taken.base);
      } else {
        Drop("fell behind");
      }
      co_return;
    case Hub::Found::kNothing:
    case Hub::Found::kFrames:
      up_to_date_ = true;
      replay_.reset();
      cursor_ = taken.slice.cursor;
      ready_.assign(taken.slice.frames.begin(), taken.slice.frames.end());
      if (ready_.empty()) co_await waker_->Sleep(heartbeat_at_);
  }
}

// `base`: where the ring began when it was asked; everything after it can be had there.
http::Task<void> EventStream::FillFromStream(std::uint64_t base) {
  if (!replay_) replay_ = std::make_unique<ReplayPool::Reader>(pool_, *cursor_ + 1);
  const auto messages = co_await replay_->Next();
  if (messages.ok() && !messages->empty()) {
    if (messages->front().sequence <= *cursor_) {  // the stream was made anew
      ended_ = true;
      co_return;
    }
    for (const bus::StoredMessage& message : *messages) {
      const auto event = ParseEvent(message);
      if (event.ok() && filter_.Matches(*event)) ready_.push_back(event->frame);
    }
    cursor_ = messages->back().sequence;
    co_return;
  }
  if (messages.ok()) {
    // Nothing came: if the stream no longer holds anything up to the ring, go on there. Otherwise
    // it was only slow.
    const auto bounds = co_await pool_.Bounds();
    if (bounds.ok() && (bounds->messages == 0 || bounds->first > base)) {
      cursor_ = std::max(*cursor_, base);
      co_return;
    }
  }
  const auto retry_at = SteadyClock::now() + absl::ToChronoMilliseconds(options_.replay_retry);
  co_await waker_->Sleep(std::min(heartbeat_at_, TimePoint(retry_at)));
}

void EventStream::Stalled() {
  Drop("took nothing for too long");
}

void EventStream::Drop(const char* why) {
  ended_ = true;
  spdlog::info("a subscriber of events {} and is dropped at event {}", why, cursor_.value_or(0));
  obs::GetCounter("fails_gateway_sse_dropped_total", "Subscribers dropped for being too slow")
      .Increment();
}

}  // namespace fails::gateway
