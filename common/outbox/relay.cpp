// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "common/base/status_macros.h"
#include "common/obs/metrics.h"
#include "common/outbox/outbox.h"
#include "common/outbox/statements.h"
#include "common/pg/listener.h"
#include "common/pg/query.h"

namespace fails::outbox {
namespace {

constexpr absl::Duration kPublishWait = absl::Seconds(2);  // within a transaction
constexpr absl::Duration kCleanEvery = absl::Minutes(10);
constexpr absl::Duration kCleanOn = absl::Seconds(1);  // while there is more than a portion
constexpr absl::Duration kCountEvery = absl::Seconds(1);
constexpr int kCleanRows = 10'000;
constexpr runtime::RetryPolicy kRetry = {.initial = absl::Milliseconds(100),
                                         .max = absl::Seconds(2)};

struct Round {
  bool working = false;  // false: another relay is
  bool more = false;
  absl::Status failed;  // why the rest of the rows was left
};

}  // namespace

struct Relay::Impl {
  Impl(pg::Pool& pool, bus::Publisher& publisher, Options given)
      : pool(pool),
        publisher(publisher),
        options(std::move(given)),
        sql(options.schema),
        pending(obs::GetGauge("fails_outbox_pending", "Rows that wait to be published",
                              {{"schema", options.schema}})),
        published(obs::GetCounter("fails_outbox_published_total", "Rows published",
                                  {{"schema", options.schema}})),
        refused(obs::GetCounter("fails_outbox_refused_total", "Rows that the bus will never take",
                                {{"schema", options.schema}})) {}

  void Run();
  bool Wait(absl::Duration most);
  bool Stopping();
  absl::Status Drain();
  absl::StatusOr<Round> PublishSome(pqxx::work& tx);
  absl::Status PublishRow(const pqxx::row& row);
  absl::Status Clean();

  pg::Pool& pool;
  bus::Publisher& publisher;
  const Options options;
  const Statements sql;
  const obs::Gauge pending;
  const obs::Counter published, refused;

  absl::Mutex mutex;
  bool notified ABSL_GUARDED_BY(mutex) = true;
  bool stop ABSL_GUARDED_BY(mutex) = false;
  absl::Time next_clean = absl::InfinitePast(), next_count = absl::InfinitePast();
  std::unique_ptr<pg::Listener> listener;
  std::thread thread;
};

bool Relay::Impl::Stopping() {
  absl::MutexLock lock(&mutex);
  return stop;
}

// True: go on; something may be there. False: stop.
bool Relay::Impl::Wait(absl::Duration most) {
  absl::MutexLock lock(&mutex);
  const auto awake = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) { return notified || stop; };
  mutex.AwaitWithTimeout(absl::Condition(&awake), most);
  notified = false;
  return !stop;
}

void Relay::Impl::Run() {
  absl::BitGen random;
  int failures = 0;
  absl::Duration wait = options.idle;
  while (Wait(wait)) {
    absl::Status status = Drain();
    if (status.ok()) status = Clean();
    if (status.ok()) {
      failures = 0;
      wait = options.idle;
      continue;
    }
    if (++failures == 1) spdlog::warn("outbox: {}", std::string(status.message()));
    wait = kRetry.DelayFor(failures, absl::Uniform(random, 0.0, 1.0));
  }
}

absl::Status Relay::Impl::Drain() {
  while (!Stopping()) {
    FAILS_ASSIGN_OR_RETURN(const Round round, pool.Transact("outbox_relay", [this](pqxx::work& tx) {
      return PublishSome(tx);
    }));
    FAILS_RETURN_IF_ERROR(round.failed);
    if (!round.working || !round.more) break;
  }
  return absl::OkStatus();
}

// One batch in one transaction. A crash, or a conflict, between publishing and marking publishes
// again under the same message id.
absl::StatusOr<Round> Relay::Impl::PublishSome(pqxx::work& tx) {
  Round round;
  round.working = pg::Exec(tx, sql.lock())[0][0].as<bool>();
  if (!round.working) return round;
  const pqxx::result rows = pg::Exec(tx, sql.select(), options.batch);
  std::vector<std::string> done;
  for (const pqxx::row& row : rows) {
    if (Stopping()) break;
    round.failed = PublishRow(row);
    if (!round.failed.ok()) break;
    done.push_back(row["id"].as<std::string>());
  }
  if (!done.empty()) pg::Exec(tx, sql.mark(), done);
  round.more = static_cast<int>(rows.size()) == options.batch;
  // Counting takes the longer the more there is; with each batch it would take most of the time.
  if (const absl::Time now = absl::Now(); !round.more || now >= next_count) {
    pending.Set(pg::Exec(tx, sql.count())[0][0].as<double>());
    next_count = now + kCountEvery;
  }
  return round;
}

absl::Status Relay::Impl::PublishRow(const pqxx::row& row) {
  const std::string id = row["id"].as<std::string>();
  bus::OutgoingMessage message = {.subject = row["subject"].as<std::string>(),
                                  .payload = row["payload"].as<std::string>(),
                                  .id = fmt::format("{}.{}", options.schema, id)};
  if (std::string trace = row["traceparent"].as<std::string>(); !trace.empty()) {
    message.headers.emplace_back("traceparent", std::move(trace));
  }
  const absl::Status status = publisher.Publish(message, absl::Now() + kPublishWait).status();
  if (absl::IsResourceExhausted(status) || absl::IsInvalidArgument(status)) {
    refused.Increment();
    spdlog::error("outbox: row {} of {} will never be published: {}", id, options.schema,
                  std::string(status.message()));
    return absl::OkStatus();
  }
  if (status.ok()) published.Increment();
  return status;
}

absl::Status Relay::Impl::Clean() {
  const absl::Time now = absl::Now();
  if (now < next_clean) return absl::OkStatus();
  bool more = false;
  FAILS_RETURN_IF_ERROR(pool.Transact("outbox_clean", [&](pqxx::work& tx) {
    const auto published = pg::Exec(tx, sql.clean(), now - options.keep_published, kCleanRows);
    const auto handled = pg::Exec(tx, sql.clean_inbox(), now - options.keep_handled, kCleanRows);
    more = std::max(published.affected_rows(), handled.affected_rows()) == kCleanRows;
    return absl::OkStatus();
  }));
  next_clean = now + (more ? kCleanOn : kCleanEvery);
  return absl::OkStatus();
}

Relay::Relay(pg::Pool& pool, bus::Publisher& publisher, Options options)
    : impl_(std::make_unique<Impl>(pool, publisher, std::move(options))) {}

Relay::~Relay() {
  Stop();
}

void Relay::Start() {
  if (impl_->thread.joinable() || impl_->Stopping()) return;
  impl_->thread = std::thread([impl = impl_.get()] { impl->Run(); });
  impl_->listener = std::make_unique<pg::Listener>(
      impl_->pool.options().url, impl_->pool.options().application_name + " outbox",
      impl_->options.schema + "_outbox", [this] { Notify(); });
}

void Relay::Notify() {
  absl::MutexLock lock(&impl_->mutex);
  impl_->notified = true;
}

void Relay::Stop() {
  {
    absl::MutexLock lock(&impl_->mutex);
    if (std::exchange(impl_->stop, true)) return;
  }
  if (impl_->listener != nullptr) impl_->listener->Stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace fails::outbox
