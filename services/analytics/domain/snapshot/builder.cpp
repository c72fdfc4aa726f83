// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/builder.h"

#include <algorithm>
#include <utility>

namespace fails::analytics {
namespace {

std::int64_t Seconds(const std::optional<absl::Time>& time) {
  return time ? absl::ToUnixSeconds(*time) : kNoTime;
}

}  // namespace

SnapshotBuilder::SnapshotBuilder(Names names)
    : names_(std::move(names)), index_(0, ById{this}, ById{this}) {}

void SnapshotBuilder::Apply(const IncidentRow& row) {
  if (row.withdrawn) {
    Remove(row.id.str());
    return;
  }
  const auto known = index_.find(std::string_view(row.id.str()));
  if (known == index_.end()) {
    Append(Pack(row));
    return;
  }
  PackedIncident& place = DraftOf(*known)[*known % Chunk::kRows];
  version_sum_ += row.version - place.version;
  place = Pack(row);
}

void SnapshotBuilder::Apply(const OutageDayRow& row) {
  calendar_.Apply(names_.Intern(row.service), row);
}

bool SnapshotBuilder::Holds(const IncidentRow& row) {
  const auto known = index_.find(std::string_view(row.id.str()));
  return known != index_.end() && At(*known) == Pack(row);
}

bool SnapshotBuilder::Holds(const OutageDayRow& row) {
  return calendar_.Holds(names_.Intern(row.service), row);
}

std::size_t SnapshotBuilder::IndexBytes() const {
  // A slot and a byte of control each.
  return index_.capacity() * (sizeof(Snapshot::Row) + 1) +
         chunks_.capacity() * sizeof(chunks_.front());
}

std::string_view SnapshotBuilder::IdOf(Snapshot::Row row) const {
  const std::uint32_t chunk = row / Chunk::kRows;
  if (const auto draft = drafts_.find(chunk); draft != drafts_.end()) {
    return draft->second[row % Chunk::kRows].id;
  }
  return chunks_[chunk]->id(row % Chunk::kRows);
}

PackedIncident SnapshotBuilder::At(Snapshot::Row row) const {
  const std::uint32_t chunk = row / Chunk::kRows;
  if (const auto draft = drafts_.find(chunk); draft != drafts_.end()) {
    return draft->second[row % Chunk::kRows];
  }
  return chunks_[chunk]->Unpack(row % Chunk::kRows);
}

PackedIncident SnapshotBuilder::Pack(const IncidentRow& row) {
  PackedIncident incident;
  incident.id = row.id.str();
  incident.provider = names_.Intern(row.provider);
  for (const ServiceId& service : row.services) {
    incident.services.push_back(names_.Intern(service));
  }
  std::ranges::sort(incident.services);
  incident.services.erase(std::unique(incident.services.begin(), incident.services.end()),
                          incident.services.end());
  incident.impact = row.impact;
  incident.stages = {Seconds(row.stages.investigating), Seconds(row.stages.identified),
                     Seconds(row.stages.monitoring), Seconds(row.stages.resolved),
                     Seconds(row.stages.postmortem)};
  incident.impact_started = Seconds(row.impact_started_at);
  incident.ongoing = row.ongoing;
  incident.inconsistent = row.stages.Inconsistent();
  incident.version = row.version;
  return incident;
}

std::vector<PackedIncident>& SnapshotBuilder::DraftOf(Snapshot::Row row) {
  const std::uint32_t chunk = row / Chunk::kRows;
  auto [draft, fresh] = drafts_.try_emplace(chunk);
  if (fresh && chunk < chunks_.size() && chunks_[chunk]) {
    draft->second.reserve(chunks_[chunk]->rows() + 1);
    for (std::uint32_t i = 0; i < chunks_[chunk]->rows(); ++i) {
      draft->second.push_back(chunks_[chunk]->Unpack(i));
    }
  }
  return draft->second;
}

void SnapshotBuilder::Append(PackedIncident incident) {
  const auto row = static_cast<Snapshot::Row>(index_.size());
  version_sum_ += incident.version;
  std::vector<PackedIncident>& draft = DraftOf(row);
  draft.push_back(std::move(incident));
  index_.insert(row);
  if (draft.size() == Chunk::kRows) Seal(row / Chunk::kRows);  // a full load holds one at a time
}

void SnapshotBuilder::Remove(std::string_view id) {
  const auto known = index_.find(id);
  if (known == index_.end()) return;
  const Snapshot::Row row = *known;
  index_.erase(known);
  // The last row takes the place of the removed one, so that all chunks but the last stay full.
  const auto last = static_cast<Snapshot::Row>(index_.size());
  if (row != last) index_.erase(index_.find(IdOf(last)));
  std::vector<PackedIncident>& tail = DraftOf(last);
  PackedIncident moved = std::move(tail.back());
  tail.pop_back();
  if (row == last) {
    version_sum_ -= moved.version;
    return;
  }
  PackedIncident& place = DraftOf(row)[row % Chunk::kRows];
  version_sum_ -= place.version;
  place = std::move(moved);
  index_.insert(row);
}

void SnapshotBuilder::Seal(std::uint32_t chunk) {
  const auto draft = drafts_.find(chunk);
  if (chunk >= chunks_.size()) chunks_.resize(chunk + 1);
  chunks_[chunk] = std::make_shared<const Chunk>(draft->second);
  drafts_.erase(draft);
}

std::shared_ptr<const Snapshot> SnapshotBuilder::Build(std::int64_t data_version) {
  std::vector<std::uint32_t> changed;
  for (const auto& [chunk, draft] : drafts_) changed.push_back(chunk);
  for (const std::uint32_t chunk : changed) Seal(chunk);
  // Removals may have emptied chunks at the end.
  const std::size_t needed = (index_.size() + Chunk::kRows - 1) / Chunk::kRows;
  if (chunks_.size() > needed) chunks_.resize(needed);
  // Names only ever grow.
  if (!shared_names_ || shared_names_->service_count() != names_.service_count() ||
      shared_names_->provider_count() != names_.provider_count()) {
    shared_names_ = std::make_shared<const Names>(names_);
  }
  return std::make_shared<const Snapshot>(data_version, shared_names_, chunks_, calendar_.Build());
}

}  // namespace fails::analytics
