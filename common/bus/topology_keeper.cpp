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
  void Set(absl::Status status, std::uint64_t epoch);
  bool AppliedTo(std::uint64_t epoch) const;

  Connection& connection;
  const Topology topology;
  mutable absl::Mutex mutex;
  absl::Status state ABSL_GUARDED_BY(mutex) = absl::UnavailableError("connecting to NATS");
  std::uint64_t applied_to ABSL_GUARDED_BY(mutex) = 0;  // epoch of the connection
  bool stopping ABSL_GUARDED_BY(mutex) = false;
  absl::Notification stop;
  std::thread thread;
};

bool TopologyKeeper::Impl::AppliedTo(std::uint64_t epoch) const {
  absl::MutexLock lock(&mutex);
  return state.ok() && epoch == applied_to;
}

void TopologyKeeper::Impl::Set(absl::Status status, std::uint64_t epoch) {
  absl::MutexLock lock(&mutex);
  if (!status.ok() && status != state) {
    spdlog::warn("nats: topology: {}", std::string(status.message()));
  }
  state = std::move(status);
  if (state.ok()) applied_to = epoch;
}

void TopologyKeeper::Impl::Keep() {
  int attempt = 0;
  absl::Duration wait;
  while (!stop.WaitForNotificationWithTimeout(wait)) {
    wait = kLookEvery;
    const std::uint64_t epoch = connection.epoch();
    if (AppliedTo(epoch)) continue;
    absl::Status status = connection.Probe();
    if (status.ok()) {
      status = ApplyTopology(connection, topology);
      attempt = status.ok() ? 0 : attempt + 1;
      if (!status.ok()) wait = kRetry.DelayFor(attempt);
    }
    Set(std::move(status), epoch);
  }
}

TopologyKeeper::TopologyKeeper(Connection& connection, Topology topology)
    : impl_(std::make_unique<Impl>(connection, std::move(topology))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->Keep(); });
}

TopologyKeeper::~TopologyKeeper() {
  Stop();
}

absl::Status TopologyKeeper::Probe() const {
  if (absl::Status connected = impl_->connection.Probe(); !connected.ok()) return connected;
  const std::uint64_t epoch = impl_->connection.epoch();
  absl::MutexLock lock(&impl_->mutex);
  if (!impl_->state.ok() || impl_->applied_to == epoch) return impl_->state;
  return absl::UnavailableError("the topology is applied to a server that came back");
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
