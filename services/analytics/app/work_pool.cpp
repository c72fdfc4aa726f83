// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/work_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>

namespace fails::analytics {

struct WorkPool::Batch {
  Batch(std::size_t count, const std::function<void(std::size_t)>& what) : n(count), work(what) {}

  bool exhausted() const { return next.load() >= n; }

  // Takes part until nothing is left to begin.
  void Help() {
    for (std::size_t i = next++; i < n; i = next++) {
      std::exception_ptr thrown;
      try {
        work(i);
      } catch (const std::exception&) {
        thrown = std::current_exception();
      }
      absl::MutexLock lock(&mutex);
      if (thrown && !error) error = thrown;
      ++done;
    }
  }

  void Await() {
    const auto all = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) { return done == n; };
    absl::MutexLock lock(&mutex);
    mutex.Await(absl::Condition(&all));
    if (error) std::rethrow_exception(error);
  }

  const std::size_t n;
  const std::function<void(std::size_t)>& work;  // of the caller, who waits
  std::atomic<std::size_t> next = 0;
  absl::Mutex mutex;
  std::size_t done ABSL_GUARDED_BY(mutex) = 0;
  std::exception_ptr error ABSL_GUARDED_BY(mutex);
};

WorkPool::WorkPool(std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

WorkPool::~WorkPool() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

void WorkPool::Run(std::size_t n, const std::function<void(std::size_t)>& work) {
  const auto batch = std::make_shared<Batch>(n, work);
  if (n > 1) {
    absl::MutexLock lock(&mutex_);
    batches_.push_back(batch);
  }
  batch->Help();
  if (n > 1) {
    absl::MutexLock lock(&mutex_);
    std::erase(batches_, batch);
  }
  batch->Await();
}

void WorkPool::Loop() {
  const auto due = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ ||
           std::ranges::any_of(batches_, [](const auto& batch) { return !batch->exhausted(); });
  };
  for (;;) {
    std::shared_ptr<Batch> batch;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&due));
      if (stopping_) return;
      batch = *std::ranges::find_if(batches_, [](const auto& b) { return !b->exhausted(); });
    }
    batch->Help();
  }
}

}  // namespace fails::analytics
