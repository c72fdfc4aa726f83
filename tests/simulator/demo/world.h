// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/base/clock.h"
#include "tests/simulator/control.h"
#include "tests/simulator/demo/live.h"
#include "tests/simulator/demo/model.h"
#include "tests/simulator/demo/pages.h"
#include "tests/simulator/demo/sessions.h"

namespace fails::simulator {

struct DemoOptions {
  std::uint64_t seed = 1;
  double speed = 1;
  int years = 3;
  bool quiet = false;                     // nothing changes but by IncidentControl
  std::filesystem::path state_file = {};  // empty: live incidents are forgotten at the end
};

using IncidentPtr = std::shared_ptr<const Incident>;

// One page at one moment: only what has been posted by `now`, newest first.
struct PageView {
  const PageSpec* page;
  absl::TimeZone zone;
  absl::Time now;
  std::vector<IncidentPtr> incidents;
  std::vector<IncidentPtr> maintenances;
};

// All incidents of the demo. The past is generated, live ones open as the clock goes, control adds
// its own; every document is rendered from here. Thread-safe.
class World final : public IncidentControl {
 public:
  // NOT_FOUND when a page's time zone is not installed; otherwise about the state file.
  static absl::StatusOr<std::unique_ptr<World>> Create(const DemoOptions& options,
                                                       const Clock& clock);

  // Nothing for an unknown host. UNAVAILABLE when the state file cannot be written.
  absl::StatusOr<std::optional<PageView>> Look(const std::string& host);
  bool Knows(const std::string& host) const { return page_of_host_.count(host) > 0; }

  absl::StatusOr<std::string> Open(const NewIncident& incident) override;
  absl::Status AddUpdate(const std::string& code, const std::string& status,
                         const std::string& body) override;

 private:
  struct Page {
    absl::TimeZone zone;
    std::vector<IncidentPtr> incidents;  // by creation, oldest first, future ones too
    std::vector<IncidentPtr> maintenances;
  };

  World(const DemoOptions& options, const Clock& clock);
  absl::Status LoadZones();
  absl::Status RestoreSessions();
  void GeneratePast();
  void Insert(std::size_t page, Incident incident) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status AdvanceTo(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const DemoOptions options_;
  const Clock& clock_;
  const absl::Time started_at_;
  std::map<std::string, std::size_t> page_of_host_;

  absl::Mutex mutex_;
  std::vector<Page> pages_ ABSL_GUARDED_BY(mutex_);  // as in DemoPages()
  std::optional<LiveStream> live_ ABSL_GUARDED_BY(mutex_);
  std::vector<Session> sessions_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t opened_by_control_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace fails::simulator
