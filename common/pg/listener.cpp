// SPDX-License-Identifier: Apache-2.0
#include "common/pg/listener.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <pqxx/pqxx>
#include <thread>
#include <utility>

#include "absl/synchronization/notification.h"
#include "common/pg/connect.h"
#include "common/pg/database_error.h"
#include "common/runtime/retry_policy.h"

namespace fails::pg {
namespace {

constexpr long kWaitMicroseconds = 250'000;  // how long Stop may take
constexpr runtime::RetryPolicy kRetry = {.initial = absl::Milliseconds(100),
                                         .max = absl::Seconds(5)};

class Receiver final : public pqxx::notification_receiver {
 public:
  Receiver(pqxx::connection& connection, const std::string& channel,
           const std::function<void()>& notified)
      : pqxx::notification_receiver(connection, channel), notified_(notified) {}

  void operator()(const std::string&, int) override { notified_(); }

 private:
  const std::function<void()>& notified_;
};

}  // namespace

struct Listener::Impl {
  void Run();
  void Listen(int& attempt);

  std::string url, application_name, channel;
  std::function<void()> notified;
  absl::Notification stop;
  std::thread thread;
};

void Listener::Impl::Run() {
  for (int attempt = 1; !stop.HasBeenNotified(); ++attempt) {
    try {
      Listen(attempt);
    } catch (const std::exception& e) {
      if (attempt <= 1) {
        spdlog::warn("listening to {}: {}", channel,
                     std::string(Classify(e, false).status.message()));
      }
    }
    stop.WaitForNotificationWithTimeout(kRetry.DelayFor(std::max(attempt, 1)));
  }
}

void Listener::Impl::Listen(int& attempt) {
  const auto connection = Connect(url, {.application_name = application_name});
  const Receiver receiver(*connection, channel, notified);
  attempt = 0;
  notified();
  while (!stop.HasBeenNotified()) connection->await_notification(0, kWaitMicroseconds);
}

Listener::Listener(std::string url, std::string application_name, std::string channel,
                   std::function<void()> notified)
    : impl_(std::make_unique<Impl>()) {
  impl_->url = std::move(url);
  impl_->application_name = std::move(application_name);
  impl_->channel = std::move(channel);
  impl_->notified = std::move(notified);
  impl_->thread = std::thread([impl = impl_.get()] { impl->Run(); });
}

Listener::~Listener() {
  Stop();
}

void Listener::Stop() {
  if (impl_->stop.HasBeenNotified()) return;
  impl_->stop.Notify();
  impl_->thread.join();
}

}  // namespace fails::pg
