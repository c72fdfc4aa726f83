// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/analytics/domain/snapshot/names.h"
#include "services/analytics/domain/snapshot/row.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// Turns stored rows into snapshots, and changed rows into the next one: only the chunks of what
// changed are made anew. Not thread-safe.
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(Names names);

  // Adds the incident, replaces what was known of it, or takes it out when it is withdrawn.
  void Apply(const IncidentRow& row);
  // Adds the day to its service's calendar, or replaces it.
  void Apply(const OutageDayRow& row);

  // A snapshot of everything applied so far.
  std::shared_ptr<const Snapshot> Build(std::int64_t data_version);

  // To compare with the database: how many incidents are not withdrawn, and the sum of their row
  // versions.
  std::int64_t count() const { return static_cast<std::int64_t>(index_.size()); }
  std::int64_t version_sum() const { return version_sum_; }

 private:
  struct Place {
    Snapshot::Row row = 0;
    std::int64_t version = 0;
  };

  PackedIncident Pack(const IncidentRow& row);
  std::vector<PackedIncident>& DraftOf(Snapshot::Row row);
  void Append(PackedIncident incident, std::int64_t version);
  void Remove(const std::string& id);
  void Seal(std::uint32_t chunk);

  Names names_;
  std::shared_ptr<const Names> shared_names_;  // a copy of names_ as of the last Build
  Snapshot::Chunks chunks_;                    // null where only a draft exists yet
  absl::flat_hash_map<std::uint32_t, std::vector<PackedIncident>> drafts_;  // by chunk
  absl::flat_hash_map<std::string, Place> index_;
  std::vector<std::shared_ptr<OutageCalendar::Days>>
      calendar_drafts_;  // by service; null: unchanged
  std::vector<std::shared_ptr<const OutageCalendar::Days>> calendars_;  // by service
  std::int64_t version_sum_ = 0;
};

}  // namespace fails::analytics
