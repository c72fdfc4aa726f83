// SPDX-License-Identifier: Apache-2.0
// Tells ThreadSanitizer what abseil synchronizes. Debian's abseil is built without
// it, so every access under one of its mutexes would look like a race. These definitions come
// before those of the shared library, also for other libraries, and call them. Part of every
// program in builds with ThreadSanitizer, of none else.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <cstdio>
#include <cstdlib>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"

extern "C" {
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
}

namespace {

template <class Function>
Function* Real(const char* symbol) {
  void* found = dlsym(RTLD_NEXT, symbol);
  if (found == nullptr) {
    std::fprintf(stderr, "no %s in any library: another version of abseil?\n", symbol);
    std::abort();
  }
  return reinterpret_cast<Function*>(found);
}

void Acquire(const void* thing) {
  __tsan_acquire(const_cast<void*>(thing));
}
void Release(const void* thing) {
  __tsan_release(const_cast<void*>(thing));
}

// Whoever lets go of a mutex evaluates the conditions of those that wait for it, and reads for that
// what is theirs. What they wrote before they waited is known here.
class LettingGo {
 public:
  explicit LettingGo(const void* mutex) {
    Acquire(mutex);
    Release(mutex);
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  }
  ~LettingGo() { AnnotateIgnoreReadsEnd(__FILE__, __LINE__); }
};

// The flag of a notification, which code of ours reads in line: behind its mutex.
const void* FlagOf(const absl::Notification* notification) {
  return reinterpret_cast<const char*>(notification) + sizeof(absl::Mutex);
}

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex4LockEv");
  real(this);
  Acquire(this);
}

bool Mutex::TryLock() {
  static const auto real = Real<bool(Mutex*)>("_ZN4absl7debian35Mutex7TryLockEv");
  const bool locked = real(this);
  if (locked) Acquire(this);
  return locked;
}

void Mutex::Unlock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex6UnlockEv");
  const LettingGo letting_go(this);
  real(this);
}

void Mutex::ReaderLock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex10ReaderLockEv");
  real(this);
  Acquire(this);
}

void Mutex::ReaderUnlock() {
  static const auto real = Real<void(Mutex*)>("_ZN4absl7debian35Mutex12ReaderUnlockEv");
  const LettingGo letting_go(this);
  real(this);
}

void Mutex::Await(const Condition& condition) {
  static const auto real =
      Real<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE");
  {
    const LettingGo letting_go(this);
    real(this, condition);
  }
  Acquire(this);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  static const auto real = Real<bool(Mutex*, const Condition&, Duration)>(
      "_ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  const bool met = [&] {
    const LettingGo letting_go(this);
    return real(this, condition, timeout);
  }();
  Acquire(this);
  return met;
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  static const auto real = Real<bool(Mutex*, const Condition&, Time)>(
      "_ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  const bool met = [&] {
    const LettingGo letting_go(this);
    return real(this, condition, deadline);
  }();
  Acquire(this);
  return met;
}

void CondVar::Wait(Mutex* mutex) {
  static const auto real =
      Real<void(CondVar*, Mutex*)>("_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE");
  {
    const LettingGo letting_go(mutex);
    real(this, mutex);
  }
  Acquire(mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  static const auto real = Real<bool(CondVar*, Mutex*, Duration)>(
      "_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE");
  const bool late = [&] {
    const LettingGo letting_go(mutex);
    return real(this, mutex, timeout);
  }();
  Acquire(mutex);
  return late;
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto real = Real<bool(CondVar*, Mutex*, Time)>(
      "_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  const bool late = [&] {
    const LettingGo letting_go(mutex);
    return real(this, mutex, deadline);
  }();
  Acquire(mutex);
  return late;
}

void Notification::Notify() {
  static const auto real = Real<void(Notification*)>("_ZN4absl7debian312Notification6NotifyEv");
  Release(FlagOf(this));
  real(this);
}

void Notification::WaitForNotification() const {
  static const auto real =
      Real<void(const Notification*)>("_ZNK4absl7debian312Notification19WaitForNotificationEv");
  real(this);
  Acquire(FlagOf(this));
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static const auto real = Real<bool(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE");
  const bool notified = real(this, timeout);
  if (notified) Acquire(FlagOf(this));
  return notified;
}

bool Notification::WaitForNotificationWithDeadline(Time deadline) const {
  static const auto real = Real<bool(const Notification*, Time)>(
      "_ZNK4absl7debian312Notification31WaitForNotificationWithDeadlineENS0_4TimeE");
  const bool notified = real(this, deadline);
  if (notified) Acquire(FlagOf(this));
  return notified;
}

// The last of those that share a status deletes what they share.
void Status::UnrefNonInlined(uintptr_t rep) {
  static const auto real = Real<void(uintptr_t)>("_ZN4absl7debian36Status15UnrefNonInlinedEm");
  Acquire(reinterpret_cast<void*>(rep));
  Release(reinterpret_cast<void*>(rep));
  real(rep);
}

ABSL_NAMESPACE_END
}  // namespace absl
