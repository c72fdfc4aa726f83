// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/bus/connection.h"

namespace fails::analytics {

// Calls `announced` whenever incident events come in on FAILS_EVENTS. What they say is not looked
// at: the database knows. Missing one is harmless, the snapshot also follows a timer.
class EventListener {
 public:
  EventListener(bus::Connection& connection, std::function<void()> announced);
  ~EventListener();

  void Start();
  void Stop();

 private:
  void Loop();
  // Returns after `pause` or at Stop.
  void Pause();

  bus::Connection& connection_;
  const std::function<void()> announced_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace fails::analytics
