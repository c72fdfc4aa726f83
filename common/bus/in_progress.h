// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nats/nats.h>

#include <set>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace fails::bus {

// Tells the server about fetched messages, as long as they are not settled, that they are being
// worked on. Otherwise it would deliver a slow one, and those that wait behind it, a second time
// and count that as an attempt. Thread-safe.
class InProgress {
 public:
  // `interval` well below the consumer's ack_wait.
  explicit InProgress(absl::Duration interval);
  ~InProgress();

  // The message lives until Remove.
  void Add(natsMsg* message);
  void Remove(natsMsg* message);

 private:
  void Run();

  const absl::Duration interval_;
  absl::Mutex mutex_;
  std::set<natsMsg*> messages_ ABSL_GUARDED_BY(mutex_);
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace fails::bus
