// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "common/base/text.h"
#include "services/analytics/domain/snapshot/calendar_builder.h"
#include "services/analytics/domain/snapshot/names.h"
#include "services/analytics/domain/snapshot/row.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// Turns stored rows into snapshots, and changed rows into the next one: only the chunks of what
// changed are made anew. Not thread-safe.
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(Names names);
  SnapshotBuilder(const SnapshotBuilder&) = delete;
  SnapshotBuilder& operator=(const SnapshotBuilder&) = delete;

  // Adds the incident, replaces what was known of it, or takes it out when it is withdrawn.
  void Apply(const IncidentRow& row);
  // Adds the day to its service's calendar, or replaces it.
  void Apply(const OutageDayRow& row);

  // A snapshot of everything applied so far.
  std::shared_ptr<const Snapshot> Build(std::int64_t data_version);

  // To compare with the database: how many incidents are not withdrawn, and the sum of their row
  // versions; the same of calendar days.
  std::int64_t count() const { return static_cast<std::int64_t>(index_.size()); }
  std::int64_t version_sum() const { return version_sum_; }
  std::int64_t day_count() const { return calendar_.count(); }
  std::int64_t day_version_sum() const { return calendar_.version_sum(); }
  // Whether exactly this is known. An incident that is not withdrawn.
  bool Holds(const IncidentRow& row);
  bool Holds(const OutageDayRow& row);

  // Bytes of what finds the place of an incident, beside the snapshot's columns.
  std::size_t IndexBytes() const;

 private:
  // The index holds rows and finds them by their ids, which stand in the chunks or drafts anyway.
  struct ById {
    using is_transparent = void;
    const SnapshotBuilder* builder;
    std::string_view Id(std::string_view id) const { return id; }
    std::string_view Id(Snapshot::Row row) const { return builder->IdOf(row); }
    template <class Key>
    std::size_t operator()(const Key& key) const {
      return absl::Hash<absl::string_view>()(Absl(Id(key)));
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return Id(a) == Id(b);
    }
  };

  std::string_view IdOf(Snapshot::Row row) const;
  PackedIncident At(Snapshot::Row row) const;
  PackedIncident Pack(const IncidentRow& row);
  std::vector<PackedIncident>& DraftOf(Snapshot::Row row);
  void Append(PackedIncident incident);
  void Remove(std::string_view id);
  void Seal(std::uint32_t chunk);

  Names names_;
  std::shared_ptr<const Names> shared_names_;  // a copy of names_ as of the last Build
  Snapshot::Chunks chunks_;                    // null where only a draft exists yet
  absl::flat_hash_map<std::uint32_t, std::vector<PackedIncident>> drafts_;  // by chunk
  absl::flat_hash_set<Snapshot::Row, ById, ById> index_;
  CalendarBuilder calendar_;
  std::int64_t version_sum_ = 0;
};

}  // namespace fails::analytics
