// SPDX-License-Identifier: Apache-2.0
#include "common/bus/in_progress.h"

namespace fails::bus {

InProgress::InProgress(absl::Duration interval) : interval_(interval), thread_([this] { Run(); }) {}

InProgress::~InProgress() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
}

void InProgress::Add(natsMsg* message) {
  absl::MutexLock lock(&mutex_);
  messages_.insert(message);
}

void InProgress::Remove(natsMsg* message) {
  absl::MutexLock lock(&mutex_);
  messages_.erase(message);
}

void InProgress::Run() {
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(&stop_), interval_)) {
    // One that does not get through is repeated with the next round, and there are several before
    // ack_wait ends.
    for (natsMsg* message : messages_) natsMsg_InProgress(message, nullptr);
  }
}

}  // namespace fails::bus
