// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/event_listener.h"

#include <utility>

#include "absl/time/time.h"
#include "common/bus/stream_reader.h"
#include "common/obs/log.h"

namespace fails::analytics {
namespace {

constexpr int kBatch = 256;
constexpr absl::Duration kWait = absl::Milliseconds(500);  // bounds how long Stop takes
constexpr absl::Duration kPause = absl::Seconds(1);

}  // namespace

EventListener::EventListener(bus::Connection& connection, std::function<void()> announced)
    : connection_(connection), announced_(std::move(announced)) {}

EventListener::~EventListener() {
  Stop();
}

void EventListener::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void EventListener::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void EventListener::Pause() {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kPause);
}

void EventListener::Loop() {
  bus::StreamReader reader(connection_, "FAILS_EVENTS", "fails.events.v1.>", 0);
  bool complained = false;
  const auto stopping = [this] {
    absl::MutexLock lock(&mutex_);
    return stopping_;
  };
  while (!stopping()) {
    const auto events = reader.Next(kBatch, kWait);
    if (!events.ok()) {
      if (!complained) {
        spdlog::warn("no incident events for now, the snapshot follows its timer: {}",
                     events.status().ToString());
      }
      complained = true;
      Pause();
      continue;
    }
    if (complained) spdlog::info("incident events come in again");
    complained = false;
    if (!events->empty()) announced_();
  }
}

}  // namespace fails::analytics
