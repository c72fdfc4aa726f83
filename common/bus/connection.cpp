// SPDX-License-Identifier: Apache-2.0
#include "common/bus/connection.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/bus/handles.h"
#include "common/bus/nats_status.h"
#include "common/bus/server_url.h"
#include "common/bus/session.h"
#include "common/runtime/retry_policy.h"

namespace fails::bus {
namespace {

constexpr int kConnectTimeoutMs = 2000;
constexpr int kRequestTimeoutMs = 2000;
constexpr absl::Duration kLookEvery = absl::Milliseconds(25);
constexpr runtime::RetryPolicy kRedial = {.initial = absl::Milliseconds(100),
                                          .max = absl::Seconds(2)};

// The library's own handler prints to standard error, between our lines of JSON.
void LogError(natsConnection*, natsSubscription*, natsStatus status, void*) {
  spdlog::warn("nats: {}", natsStatus_GetText(status));
}

absl::StatusOr<OptionsHandle> MakeOptions(const ConnectOptions& options) {
  natsOptions* raw = nullptr;
  FAILS_RETURN_IF_ERROR(ToStatus(natsOptions_Create(&raw), "nats options"));
  OptionsHandle made(raw);
  for (const natsStatus status : {
           natsOptions_SetURL(raw, options.url.c_str()),
           natsOptions_SetName(raw, options.client_name.c_str()),
           options.user.empty()
               ? NATS_OK
               : natsOptions_SetUserInfo(raw, options.user.c_str(), options.password.c_str()),
           natsOptions_SetTimeout(raw, kConnectTimeoutMs),
           natsOptions_SetMaxReconnect(raw, -1),
           natsOptions_SetReconnectWait(raw, 100),
           natsOptions_SetReconnectJitter(raw, 100, 100),
           natsOptions_SetPingInterval(raw, 10'000),  // notices a server that is silently gone
           natsOptions_SetMaxPingsOut(raw, 2),
           natsOptions_SetSendAsap(raw, true),  // else each small request waits for the flusher
           natsOptions_SetFailRequestsOnDisconnect(raw, true),
           natsOptions_SetErrorHandler(raw, LogError, nullptr),
       }) {
    FAILS_RETURN_IF_ERROR(ToStatus(status, "nats options"));
  }
  return made;
}

// The library does not tell how often a connection was made; without callbacks there is no
// life-time to get wrong.
std::uint64_t Reconnects(const Session& session) {
  natsStatistics* raw = nullptr;
  if (natsStatistics_Create(&raw) != NATS_OK) return 0;
  const StatisticsHandle statistics(raw);
  std::uint64_t reconnects = 0;
  if (natsConnection_GetStats(session.connection, raw) == NATS_OK) {
    natsStatistics_GetCounts(raw, nullptr, nullptr, nullptr, nullptr, &reconnects);
  }
  return reconnects;
}

bool Connected(const Session& session) {
  return natsConnection_Status(session.connection) == NATS_CONN_STATUS_CONNECTED;
}

}  // namespace

Session::~Session() {
  jsCtx_Destroy(jetstream);
  natsConnection_Destroy(connection);
}

struct Connection::Impl {
  Impl(OptionsHandle options, std::string shown)
      : options(std::move(options)), shown(std::move(shown)) {}

  absl::StatusOr<std::shared_ptr<const Session>> Dial(std::uint64_t number) const;
  void Keep();
  void KeepWhileOpen(const Session& session);
  void Set(std::shared_ptr<const Session> made, absl::Status why);

  const OptionsHandle options;
  const std::string shown;
  absl::Notification stop;
  mutable absl::Mutex mutex;
  mutable absl::CondVar changed;
  std::shared_ptr<const Session> session ABSL_GUARDED_BY(mutex);
  absl::Status reason ABSL_GUARDED_BY(mutex);  // why there is no session
  std::thread keeper;
};

absl::StatusOr<std::shared_ptr<const Session>> Connection::Impl::Dial(std::uint64_t number) const {
  auto made = std::make_shared<Session>();
  made->number = number;
  FAILS_RETURN_IF_ERROR(ToStatus(natsConnection_Connect(&made->connection, options.get()), shown));
  jsOptions js_options;
  jsOptions_Init(&js_options);
  js_options.Wait = kRequestTimeoutMs;
  FAILS_RETURN_IF_ERROR(
      ToStatus(natsConnection_JetStream(&made->jetstream, made->connection, &js_options), shown));
  return made;
}

void Connection::Impl::Set(std::shared_ptr<const Session> made, absl::Status why) {
  std::shared_ptr<const Session> old;
  absl::MutexLock lock(&mutex);
  old = std::exchange(session, std::move(made));
  reason = std::move(why);
  changed.SignalAll();
}

// The library reconnects by itself, with two exceptions that this thread makes up for: the first
// connection, and one that it closed for good because the server refused the credentials twice.
void Connection::Impl::Keep() {
  absl::BitGen random;
  std::uint64_t number = 0;
  for (int attempt = 1; !stop.HasBeenNotified(); ++attempt) {
    auto dialed = Dial(number + 1);
    if (dialed.ok()) {
      attempt = 0;
      ++number;
      spdlog::info("nats: connected to {}", shown);
      const std::shared_ptr<const Session> made = *std::move(dialed);
      Set(made, absl::OkStatus());
      KeepWhileOpen(*made);
      Set(nullptr, absl::UnavailableError(fmt::format("{}: connection closed", shown)));
    } else {
      if (attempt == 1) spdlog::warn("nats: {}", std::string(dialed.status().message()));
      Set(nullptr, absl::UnavailableError(std::string(dialed.status().message())));
    }
    stop.WaitForNotificationWithTimeout(
        kRedial.DelayFor(std::max(attempt, 1), absl::Uniform(random, 0.0, 1.0)));
  }
}

void Connection::Impl::KeepWhileOpen(const Session& session) {
  bool connected = true;
  while (!stop.WaitForNotificationWithTimeout(kLookEvery)) {
    if (natsConnection_IsClosed(session.connection)) {
      spdlog::warn("nats: {} was closed, connecting anew", shown);
      return;
    }
    if (Connected(session) == connected) continue;
    connected = !connected;
    if (connected) {
      spdlog::info("nats: {} is back", shown);
      absl::MutexLock lock(&mutex);
      changed.SignalAll();
    } else {
      spdlog::warn("nats: lost {}, reconnecting", shown);
    }
  }
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const ConnectOptions& options) {
  FAILS_ASSIGN_OR_RETURN(std::string shown, CheckServerUrl(options.url));
  FAILS_ASSIGN_OR_RETURN(OptionsHandle made, MakeOptions(options));
  return std::unique_ptr<Connection>(
      new Connection(std::make_unique<Impl>(std::move(made), std::move(shown))));
}

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
  impl_->Set(nullptr, absl::UnavailableError(fmt::format("{}: connecting", impl_->shown)));
  impl_->keeper = std::thread([impl = impl_.get()] { impl->Keep(); });
}

Connection::~Connection() {
  impl_->stop.Notify();
  impl_->keeper.join();
}

absl::StatusOr<std::shared_ptr<const Session>> Connection::Acquire() const {
  absl::MutexLock lock(&impl_->mutex);
  if (impl_->session == nullptr) return impl_->reason;
  if (!Connected(*impl_->session)) {
    return absl::UnavailableError(fmt::format("{}: connection lost", impl_->shown));
  }
  return impl_->session;
}

absl::Status Connection::Probe() const {
  return Acquire().status();
}

absl::Status Connection::AwaitConnected(absl::Time deadline) const {
  while (true) {
    absl::Status now = Probe();
    if (now.ok() || absl::Now() >= deadline) return now;
    absl::MutexLock lock(&impl_->mutex);
    // Also without a signal: one that came between Probe() and here.
    impl_->changed.WaitWithDeadline(&impl_->mutex, std::min(deadline, absl::Now() + kLookEvery));
  }
}

std::uint64_t Connection::epoch() const {
  absl::MutexLock lock(&impl_->mutex);
  if (impl_->session == nullptr) return 0;
  return (impl_->session->number << 32) + Reconnects(*impl_->session);
}

}  // namespace fails::bus
