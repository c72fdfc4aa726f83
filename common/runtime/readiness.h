// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace fails::runtime {

// Runs the readiness checks, one after the other, once a second on a thread of its own, and logs
// each change of what the process waits for. Reading the result never waits for a check.
// Thread-safe.
class Readiness {
 public:
  struct Report {
    bool ready = false;
    std::vector<std::string> waiting_for;  // "name: message"
    bool operator==(const Report&) const = default;
  };

  ~Readiness();

  void Add(std::string name, std::function<absl::Status()> check);
  // From now on the checks run; before, the process is "starting".
  void Start();
  // From now on the process is "stopping"; no check runs any more when this returns. Idempotent.
  void Stop();

  // Of the last round. A check that hangs is told by name.
  Report Get() const;

 private:
  struct Check {
    std::string name;
    std::function<absl::Status()> run;
  };
  enum class Phase { kStarting, kRunning, kStopping };

  void Loop();
  void RunRound();
  absl::Status RunOne(const Check& check);

  mutable absl::Mutex mutex_;
  std::vector<Check> checks_ ABSL_GUARDED_BY(mutex_);
  Phase phase_ ABSL_GUARDED_BY(mutex_) = Phase::kStarting;
  std::optional<Report> last_ ABSL_GUARDED_BY(mutex_);
  std::string running_check_ ABSL_GUARDED_BY(mutex_);  // empty between checks
  absl::Time running_since_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace fails::runtime
