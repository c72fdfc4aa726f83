// SPDX-License-Identifier: Apache-2.0
#include "common/pg/pool.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <vector>

#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/obs/metrics.h"
#include "common/pg/connect.h"
#include "common/pg/database_error.h"
#include "common/runtime/retry_policy.h"

namespace fails::pg {
namespace {

constexpr int kAttempts = 3;
constexpr runtime::RetryPolicy kRetry = {
    .initial = absl::Milliseconds(10), .max = absl::Milliseconds(200), .jitter = 0.5};

using ConnectionPtr = std::unique_ptr<pqxx::connection>;

double Random() {
  thread_local absl::InsecureBitGen generator;
  return absl::Uniform(generator, 0.0, 1.0);
}

}  // namespace

struct Pool::Impl {
  explicit Impl(Options given) : options(std::move(given)) {}

  // A place among `size`, with a connection when there was an idle one.
  absl::StatusOr<ConnectionPtr> Take();
  void GiveBack(ConnectionPtr connection);
  // One is broken: those that lie idle are most likely as well.
  void DropIdle();
  DatabaseError RunOnce(const std::function<absl::Status(pqxx::work&)>& body);

  const Options options;
  absl::Mutex mutex;
  int taken ABSL_GUARDED_BY(mutex) = 0;
  std::vector<ConnectionPtr> idle ABSL_GUARDED_BY(mutex);
};

absl::StatusOr<ConnectionPtr> Pool::Impl::Take() {
  absl::MutexLock lock(&mutex);
  const auto free = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) { return taken < options.size; };
  if (!mutex.AwaitWithTimeout(absl::Condition(&free), options.acquire_timeout)) {
    return absl::ResourceExhaustedError(
        fmt::format("all {} database connections are in use", options.size));
  }
  ++taken;
  if (idle.empty()) return ConnectionPtr();
  ConnectionPtr connection = std::move(idle.back());
  idle.pop_back();
  return connection;
}

void Pool::Impl::GiveBack(ConnectionPtr connection) {
  absl::MutexLock lock(&mutex);
  --taken;
  if (connection != nullptr) idle.push_back(std::move(connection));
}

void Pool::Impl::DropIdle() {
  std::vector<ConnectionPtr> dropped;
  absl::MutexLock lock(&mutex);
  dropped.swap(idle);
}

DatabaseError Pool::Impl::RunOnce(const std::function<absl::Status(pqxx::work&)>& body) {
  auto taken_place = Take();
  if (!taken_place.ok()) return {taken_place.status(), false, false};
  ConnectionPtr connection = *std::move(taken_place);
  DatabaseError outcome;
  bool committing = false;
  try {
    if (connection == nullptr) {
      connection = Connect(options.url, {.application_name = options.application_name,
                                         .statement_timeout = options.statement_timeout,
                                         .read_only = options.read_only});
    }
    pqxx::work tx(*connection);
    outcome.status = body(tx);
    if (outcome.status.ok()) {
      committing = true;
      tx.commit();
    } else {
      tx.abort();
    }
  } catch (const std::exception& e) {
    // A body's own error counts more than that its rollback failed, which the end of the connection
    // does anyway.
    DatabaseError error = Classify(e, committing);
    if (outcome.status.ok()) {
      outcome = std::move(error);
    } else {
      outcome.connection_lost = true;
    }
  }
  if (outcome.connection_lost) {
    connection.reset();
    DropIdle();
  }
  GiveBack(std::move(connection));
  return outcome;
}

Pool::Pool(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Pool::~Pool() = default;

const Pool::Options& Pool::options() const {
  return impl_->options;
}

absl::Status Pool::RunErased(const char* name,
                             const std::function<absl::Status(pqxx::work&)>& body) {
  const absl::Time began = absl::Now();
  DatabaseError outcome;
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    outcome = impl_->RunOnce(body);
    if (!outcome.repeatable || attempt == kAttempts) break;
    spdlog::debug("transaction {} runs again: {}", name, std::string(outcome.status.message()));
    absl::Notification().WaitForNotificationWithTimeout(kRetry.DelayFor(attempt, Random()));
  }
  obs::GetHistogram("fails_pg_transaction_seconds", "Time of a transaction with its repetitions",
                    {{"name", name}, {"code", absl::StatusCodeToString(outcome.status.code())}})
      .Observe(absl::ToDoubleSeconds(absl::Now() - began));
  return outcome.status;
}

absl::Status Pool::Probe() {
  return Transact("probe", [](pqxx::work& tx) {
    tx.exec("SELECT 1");
    return absl::OkStatus();
  });
}

}  // namespace fails::pg
