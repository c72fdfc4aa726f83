// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace fails::analytics {

// A fixed number of threads that help whoever has several things to compute. Thread-safe.
class WorkPool {
 public:
  explicit WorkPool(std::size_t threads);
  ~WorkPool();

  // Calls work(0) … work(n-1), each once, on the caller's thread and on those that are idle;
  // returns when all of them have. Never waits for an idle thread. Rethrows the first that throws.
  void Run(std::size_t n, const std::function<void(std::size_t)>& work);

 private:
  struct Batch;
  void Loop();

  absl::Mutex mutex_;
  std::deque<std::shared_ptr<Batch>> batches_ ABSL_GUARDED_BY(mutex_);  // that may need help
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace fails::analytics
