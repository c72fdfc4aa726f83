// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/readiness.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "absl/time/clock.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"

namespace fails::runtime {
namespace {

constexpr absl::Duration kPeriod = absl::Seconds(1);
constexpr absl::Duration kHangs = absl::Seconds(5);

std::string Describe(const std::string& name, const absl::Status& status) {
  const std::string message(status.message().data(), status.message().size());
  return fmt::format("{}: {}", name,
                     message.empty() ? absl::StatusCodeToString(status.code()) : message);
}

void Announce(const Readiness::Report& report) {
  obs::GetGauge("fails_runtime_ready", "1 when the process can do its work.").Set(report.ready);
  if (report.ready) {
    spdlog::info("ready");
  } else {
    spdlog::info("waiting for {}", fmt::join(report.waiting_for, "; "));
  }
}

}  // namespace

Readiness::~Readiness() {
  Stop();
}

void Readiness::Add(std::string name, std::function<absl::Status()> check) {
  const absl::MutexLock lock(&mutex_);
  checks_.push_back({std::move(name), std::move(check)});
}

void Readiness::Start() {
  const absl::MutexLock lock(&mutex_);
  if (phase_ != Phase::kStarting) return;
  phase_ = Phase::kRunning;
  thread_ = std::thread([this] { Loop(); });
}

void Readiness::Stop() {
  std::thread thread;
  {
    const absl::MutexLock lock(&mutex_);
    phase_ = Phase::kStopping;
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
  obs::GetGauge("fails_runtime_ready", "1 when the process can do its work.").Set(0);
}

Readiness::Report Readiness::Get() const {
  const absl::MutexLock lock(&mutex_);
  if (phase_ == Phase::kStopping) return {.ready = false, .waiting_for = {"process: stopping"}};
  Report report = last_.value_or(Report{.ready = false, .waiting_for = {"process: starting"}});
  const absl::Duration running = absl::Now() - running_since_;
  if (!running_check_.empty() && running > kHangs) {
    report.ready = false;
    report.waiting_for.push_back(
        fmt::format("{}: no answer for {} s", running_check_, absl::ToInt64Seconds(running)));
  }
  return report;
}

void Readiness::Loop() {
  const auto stopping = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return phase_ == Phase::kStopping;
  };
  for (;;) {
    RunRound();
    const absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&stopping), kPeriod)) return;
  }
}

void Readiness::RunRound() {
  std::vector<Check> checks;
  {
    const absl::MutexLock lock(&mutex_);
    checks = checks_;
  }
  Report report;
  for (const Check& check : checks) {
    if (const absl::Status status = RunOne(check); !status.ok()) {
      report.waiting_for.push_back(Describe(check.name, status));
    }
  }
  report.ready = report.waiting_for.empty();
  {
    const absl::MutexLock lock(&mutex_);
    if (phase_ == Phase::kStopping || last_ == report) return;
    last_ = report;
  }
  Announce(report);
}

absl::Status Readiness::RunOne(const Check& check) {
  {
    const absl::MutexLock lock(&mutex_);
    if (phase_ == Phase::kStopping) return absl::CancelledError("stopping");
    running_check_ = check.name;
    running_since_ = absl::Now();
  }
  absl::Status status;
  try {
    status = check.run();
  } catch (const std::exception& error) {
    status = absl::InternalError(error.what());
  }
  const absl::MutexLock lock(&mutex_);
  running_check_.clear();
  return status;
}

}  // namespace fails::runtime
