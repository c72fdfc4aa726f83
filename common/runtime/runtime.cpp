// SPDX-License-Identifier: Apache-2.0
#include "common/runtime/runtime.h"

#include <atomic>
#include <csignal>
#include <cstring>
#include <exception>
#include <mutex>
#include <utility>

#include "absl/time/clock.h"
#include "common/obs/log.h"
#include "common/runtime/admin_server.h"
#include "common/runtime/readiness.h"
#include "common/runtime/signals.h"

namespace fails::runtime {

struct Runtime::Impl {
  struct Step {
    std::string name;
    std::function<void(absl::Time)> run;
  };

  explicit Impl(Options o)
      : options(std::move(o)), admin(options.admin_address, [this] { return readiness.Get(); }) {}

  // False when the step failed.
  static bool RunStep(const Step& step, absl::Time deadline);

  const Options options;
  Signals signals;  // first: the threads of all others inherit the mask
  Readiness readiness;
  AdminServer admin;
  std::vector<Step> steps;
  std::once_flag stop_once;
  std::atomic<bool> stopping = false;
  bool failed = false;
};

bool Runtime::Impl::RunStep(const Step& step, absl::Time deadline) {
  const absl::Time begin = absl::Now();
  bool ok = true;
  try {
    step.run(deadline);
  } catch (const std::exception& error) {
    ok = false;
    spdlog::error("stop of {} failed: {}", step.name, error.what());
  } catch (...) {
    ok = false;
    spdlog::error("stop of {} failed: unknown exception", step.name);
  }
  const absl::Time end = absl::Now();
  if (ok) spdlog::info("stopped {} in {} ms", step.name, absl::ToInt64Milliseconds(end - begin));
  if (end > deadline) spdlog::warn("stop of {} ended after the deadline", step.name);
  return ok;
}

Runtime::Runtime(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {
  spdlog::info("{} starts, admin port on {}", impl_->options.process, impl_->admin.address());
}

Runtime::~Runtime() = default;

void Runtime::AddReadiness(std::string name, ReadinessCheck check) {
  impl_->readiness.Add(std::move(name), std::move(check));
}

void Runtime::OnStop(std::string name, std::function<void(absl::Time deadline)> step) {
  impl_->steps.push_back({std::move(name), std::move(step)});
}

int Runtime::RunUntilSignal() {
  impl_->readiness.Start();
  const int signal = impl_->signals.Wait();
  spdlog::info("stopping: {}", signal == 0 ? "asked to" : strsignal(signal));
  Stop();
  return impl_->failed ? 1 : 0;
}

void Runtime::RequestStop() {
  impl_->signals.Wake();
}

void Runtime::Stop() {
  std::call_once(impl_->stop_once, [this] {
    impl_->stopping = true;
    impl_->readiness.Stop();
    const absl::Time deadline = absl::Now() + impl_->options.stop_deadline;
    while (!impl_->steps.empty()) {
      const Impl::Step step = std::move(impl_->steps.back());
      impl_->steps.pop_back();
      if (!Impl::RunStep(step, deadline)) impl_->failed = true;
    }
    spdlog::info("{} has stopped", impl_->options.process);
  });
}

bool Runtime::stopping() const {
  return impl_->stopping;
}

std::string Runtime::admin_address() const {
  return impl_->admin.address();
}

}  // namespace fails::runtime
