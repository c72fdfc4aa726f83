// SPDX-License-Identifier: Apache-2.0
#include <spdlog/spdlog.h>

#include <set>
#include <thread>
#include <utility>

#include "absl/synchronization/notification.h"
#include "common/bus/key_value.h"
#include "common/bus/key_value_names.h"
#include "common/bus/tail.h"

namespace fails::bus {
namespace {

constexpr int kBatch = 256;
constexpr absl::Duration kWait = absl::Milliseconds(250);  // how long Stop may take
constexpr absl::Duration kRetry = absl::Milliseconds(100);

}  // namespace

struct KeyValueWatcher::Impl {
  Impl(Connection& connection, const std::string& bucket, Changed changed)
      : bucket(bucket),
        changed(std::move(changed)),
        tail(connection, StreamOfBucket(bucket), SubjectOfKey(bucket, ">")) {}

  void Run();
  bool Attach();
  void Take(const Tail::Message& message);
  void Forget();

  const std::string bucket;
  const Changed changed;
  Tail tail;
  std::set<std::string> known;    // keys that have a value, as told to `changed`
  std::set<std::string> missing;  // of these, not seen again since the watcher started over
  std::uint64_t to_read = 0;      // of what was there when it started over
  absl::Notification stop;
  std::thread thread;
};

void KeyValueWatcher::Impl::Run() {
  while (!stop.HasBeenNotified()) {
    if (!tail.attached() && !Attach()) {
      stop.WaitForNotificationWithTimeout(kRetry);
      continue;
    }
    const auto messages = tail.Next(kBatch, kWait);
    if (!messages.ok()) continue;  // detached: starts over
    for (const Tail::Message& message : *messages) Take(message);
  }
}

bool KeyValueWatcher::Impl::Attach() {
  const auto there = tail.AttachAtLastPerSubject();
  if (!there.ok()) return false;
  missing = known;
  to_read = *there;
  if (to_read == 0) Forget();
  return true;
}

void KeyValueWatcher::Impl::Take(const Tail::Message& message) {
  const std::string_view subject = natsMsg_GetSubject(message.message.get());
  const std::string key(subject.substr(SubjectOfKey(bucket, "").size()));
  missing.erase(key);
  if (!IsDeletion(message.message.get())) {
    known.insert(key);
    changed(key, std::string(PayloadOf(message.message.get())));
  } else if (known.erase(key) > 0) {
    changed(key, std::nullopt);
  }
  if (to_read > 0 && --to_read == 0) Forget();
}

// A server that came back empty, or without its last writes, says nothing about keys that it does
// not have.
void KeyValueWatcher::Impl::Forget() {
  for (const std::string& key : std::exchange(missing, {})) {
    known.erase(key);
    changed(key, std::nullopt);
  }
}

KeyValueWatcher::KeyValueWatcher(Connection& connection, std::string bucket, Changed changed)
    : impl_(std::make_unique<Impl>(connection, bucket, std::move(changed))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->Run(); });
}

KeyValueWatcher::~KeyValueWatcher() {
  Stop();
}

void KeyValueWatcher::Stop() {
  if (impl_->stop.HasBeenNotified()) return;
  impl_->stop.Notify();
  impl_->thread.join();
}

}  // namespace fails::bus
