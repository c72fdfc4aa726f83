// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/snapshot_keeper.h"

#include <fmt/format.h>

#include <utility>

#include "absl/time/clock.h"
#include "common/base/status_macros.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"

namespace fails::analytics {
namespace {

void Count(const char* kind, const absl::Status& status, absl::Time began) {
  obs::GetCounter("fails_analytics_snapshot_refreshes_total",
                  "Loads, patches and verifications of the snapshot.",
                  {{"kind", kind}, {"outcome", absl::StatusCodeToString(status.code())}})
      .Increment();
  obs::GetHistogram("fails_analytics_snapshot_refresh_seconds",
                    "Time to bring the snapshot up to date.", {{"kind", kind}})
      .Observe(absl::ToDoubleSeconds(absl::Now() - began));
}

template <class Step>
absl::Status Counted(const char* kind, const Step& step) {
  const absl::Time began = absl::Now();
  const absl::Status status = step();
  Count(kind, status, began);
  return status;
}

}  // namespace

SnapshotKeeper::SnapshotKeeper(RowSource& source, Names catalog_names, Options options)
    : source_(source), catalog_names_(std::move(catalog_names)), options_(options) {}

SnapshotKeeper::~SnapshotKeeper() {
  Stop();
}

void SnapshotKeeper::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void SnapshotKeeper::Wake() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
}

void SnapshotKeeper::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<const Snapshot> SnapshotKeeper::Current() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

absl::Status SnapshotKeeper::Probe() const {
  absl::MutexLock lock(&mutex_);
  return current_ ? absl::OkStatus() : last_status_;
}

bool SnapshotKeeper::AwaitWork() {
  absl::MutexLock lock(&mutex_);
  const auto due = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return woken_ || stopping_; };
  mutex_.AwaitWithTimeout(absl::Condition(&due), options_.idle);
  woken_ = false;  // before reading: a wake that comes while reading is not lost
  return !stopping_;
}

void SnapshotKeeper::Loop() {
  absl::Time verified_at = absl::Now();
  std::string complaint;
  do {
    const bool verify = absl::Now() - verified_at >= options_.verify_every;
    const absl::Status status = RefreshOnce(verify);
    if (verify && status.ok()) verified_at = absl::Now();
    // Once per change of mind, not once per attempt.
    std::string now = status.ok() ? "" : status.ToString();
    if (now != complaint) {
      if (now.empty()) {
        spdlog::info("the snapshot is up to date again");
      } else {
        spdlog::warn("the snapshot cannot be brought up to date: {}", now);
      }
      complaint = std::move(now);
    }
    absl::MutexLock lock(&mutex_);
    last_status_ = status;
  } while (AwaitWork());
}

absl::Status SnapshotKeeper::RefreshOnce(bool verify) {
  if (!builder_) return Counted("load", [this] { return Load(); });
  absl::Status status = Counted("patch", [this] { return TakeChanges(); });
  if (status.ok() && verify) status = Counted("verify", [this] { return Verify(); });
  if (!absl::IsAborted(status)) return status;
  spdlog::error("the snapshot does not agree with the database and is loaded anew: {}",
                std::string(status.message()));
  builder_.reset();
  return Counted("load", [this] { return Load(); });
}

absl::Status SnapshotKeeper::Load() {
  std::unique_ptr<SnapshotBuilder> builder;
  FAILS_ASSIGN_OR_RETURN(
      const std::int64_t version,
      source_.ReadSince(
          0, {.restart = [&] { builder = std::make_unique<SnapshotBuilder>(catalog_names_); },
              .incident = [&](const IncidentRow& row) { builder->Apply(row); },
              .outage_day = [&](const OutageDayRow& row) { builder->Apply(row); }}));
  builder_ = std::move(builder);
  Publish(version);
  spdlog::info("snapshot of {} incidents and {} calendar days loaded, data version {}",
               builder_->count(), builder_->day_count(), version);
  return absl::OkStatus();
}

absl::Status SnapshotKeeper::TakeChanges() {
  const std::int64_t known = Current()->data_version();
  // Applying a row twice is the same as once, so a start-over needs no undoing.
  FAILS_ASSIGN_OR_RETURN(
      const std::int64_t version,
      source_.ReadSince(known,
                        {.restart = [] {},
                         .incident = [this](const IncidentRow& row) { builder_->Apply(row); },
                         .outage_day = [this](const OutageDayRow& row) { builder_->Apply(row); }}));
  if (version < known) {
    return absl::AbortedError(
        fmt::format("the data went back from version {} to {}", known, version));
  }
  if (version > known) Publish(version);
  return absl::OkStatus();
}

absl::Status SnapshotKeeper::Verify() {
  FAILS_ASSIGN_OR_RETURN(const DataFingerprint there, source_.Fingerprint());
  const std::int64_t known = Current()->data_version();
  if (there.version != known)
    return absl::OkStatus();  // changed since: the next patch is under way
  const DataFingerprint here{known, builder_->count(), builder_->version_sum(),
                             builder_->day_count(), builder_->day_version_sum()};
  if (here == there) return VerifySample();
  return absl::AbortedError(fmt::format(
      "at version {} the database has {} incidents (sum of versions {}) and {} calendar days ({}), "
      "the snapshot {} ({}) and {} ({})",
      known, there.count, there.version_sum, there.day_count, there.day_version_sum, here.count,
      here.version_sum, here.day_count, here.day_version_sum));
}

absl::Status SnapshotKeeper::VerifySample() {
  FAILS_ASSIGN_OR_RETURN(const DataSample sample, source_.Sample(sampled_));
  const std::int64_t known = Current()->data_version();
  if (sample.version != known) return absl::OkStatus();  // the same stretch next time
  for (const IncidentRow& row : sample.incidents) {
    if (builder_->Holds(row)) continue;
    return absl::AbortedError(
        fmt::format("at version {} the database has another incident '{}'", known, row.id.str()));
  }
  for (const OutageDayRow& row : sample.days) {
    if (builder_->Holds(row)) continue;
    return absl::AbortedError(fmt::format("at version {} the database has another day {} of '{}'",
                                          known, absl::FormatCivilTime(row.day.date),
                                          row.service.str()));
  }
  sampled_ = sample.next;
  return absl::OkStatus();
}

void SnapshotKeeper::Publish(std::int64_t version) {
  std::shared_ptr<const Snapshot> next = builder_->Build(version);
  obs::GetGauge("fails_analytics_snapshot_incidents", "Incidents in the snapshot.")
      .Set(next->rows());
  obs::GetGauge("fails_analytics_snapshot_version", "Data version of the snapshot.")
      .Set(static_cast<double>(version));
  obs::GetGauge("fails_analytics_snapshot_bytes", "Memory of the snapshot's columns.")
      .Set(static_cast<double>(next->MemoryBytes()));
  obs::GetGauge("fails_analytics_snapshot_index_bytes",
                "Memory of what finds an incident's place, beside the columns.")
      .Set(static_cast<double>(builder_->IndexBytes()));
  absl::MutexLock lock(&mutex_);
  std::swap(current_, next);  // the old one is let go after the lock
}

}  // namespace fails::analytics
