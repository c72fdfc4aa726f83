// SPDX-License-Identifier: Apache-2.0
#include <spdlog/spdlog.h>

#include <thread>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/bus/topology.h"
#include "common/runtime/retry_policy.h"

namespace fails::bus {
namespace {

constexpr absl::Duration kLookEvery = absl::Milliseconds(50);
constexpr runtime::RetryPolicy kRetry = {.initial = absl::Milliseconds(100),
                                         .max = absl::Seconds(5)};

}  // namespace

struct TopologyKeeper::Impl {
  Impl(Connection& connection, Topology topology)
      : connection(connection), topology(std::move(topology)) {}

  void Keep();
  void Set(absl::Status status);

  Connection& connection;
  const Topology topology;
  mutable absl::Mutex mutex;
  absl::Status state ABSL_GUARDED_BY(mutex) = absl::UnavailableError("connecting to NATS");
  bool stopping ABSL_GUARDED_BY(mutex) = false;
  absl::Notification stop;
  std::thread thread;
};

void TopologyKeeper::Impl::Set(absl::Status status) {
  absl::MutexLock lock(&mutex);
  if (!status.ok() && status != state) {
    spdlog::warn("nats: topology: {}", std::string(status.message()));
  }
  state = std::move(status);
}

void TopologyKeeper::Impl::Keep() {
  std::uint64_t applied_to = 0;
  int attempt = 0;
  absl::Duration wait;
  while (!stop.WaitForNotificationWithTimeout(wait)) {
    wait = kLookEvery;
    const std::uint64_t epoch = connection.epoch();
    if (epoch != 0 && epoch == applied_to) continue;
    absl::Status status = connection.Probe();
    if (status.ok()) {
      status = ApplyTopology(connection, topology);
      if (status.ok()) {
        applied_to = epoch;
        attempt = 0;
      } else {
        wait = kRetry.DelayFor(++attempt);
      }
    }
    Set(std::move(status));
  }
}

TopologyKeeper::TopologyKeeper(Connection& connection, Topology topology)
    : impl_(std::make_unique<Impl>(connection, std::move(topology))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->Keep(); });
}

TopologyKeeper::~TopologyKeeper() { Stop(); }

absl::Status TopologyKeeper::Probe() const {
  if (absl::Status connected = impl_->connection.Probe(); !connected.ok()) return connected;
  absl::MutexLock lock(&impl_->mutex);
  return impl_->state;
}

absl::Status TopologyKeeper::AwaitApplied(absl::Time deadline) const {
  absl::MutexLock lock(&impl_->mutex);
  const auto settled = [impl = impl_.get()]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(impl->mutex) {
    return impl->state.ok() || impl->stopping;
  };
  impl_->mutex.AwaitWithDeadline(absl::Condition(&settled), deadline);
  if (impl_->stopping && !impl_->state.ok()) return absl::CancelledError("stopping");
  return impl_->state;
}

void TopologyKeeper::Stop() {
  {
    absl::MutexLock lock(&impl_->mutex);
    if (std::exchange(impl_->stopping, true)) return;
  }
  impl_->stop.Notify();
  impl_->thread.join();
}

}  // namespace fails::bus
