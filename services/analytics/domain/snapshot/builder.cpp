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

SnapshotBuilder::SnapshotBuilder(Names names) : names_(std::move(names)) {}

void SnapshotBuilder::Apply(const IncidentRow& row) {
  const std::string& id = row.id.str();
  if (row.withdrawn) {
    Remove(id);
    return;
  }
  const auto known = index_.find(id);
  if (known == index_.end()) {
    Append(Pack(row), row.version);
    return;
  }
  Place& place = known->second;
  version_sum_ += row.version - place.version;
  place.version = row.version;
  DraftOf(place.row)[place.row % Chunk::kRows] = Pack(row);
}

void SnapshotBuilder::Apply(const OutageDayRow& row) {
  const ServiceIndex service = names_.Intern(row.service);
  if (service >= calendars_.size()) {
    calendars_.resize(service + 1);
    calendar_drafts_.resize(service + 1);
  }
  auto& draft = calendar_drafts_[service];
  if (!draft) {
    draft = calendars_[service] ? std::make_shared<OutageCalendar::Days>(*calendars_[service])
                                : std::make_shared<OutageCalendar::Days>();
  }
  const CalendarDay day{DayNumber(row.day.date), row.day.partial_seconds, row.day.major_seconds};
  // Calendars come in order: nearly always this is the end.
  const auto at = std::ranges::lower_bound(*draft, day.day, {}, &CalendarDay::day);
  if (at != draft->end() && at->day == day.day) {
    *at = day;
  } else {
    draft->insert(at, day);
  }
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

void SnapshotBuilder::Append(PackedIncident incident, std::int64_t version) {
  const auto row = static_cast<Snapshot::Row>(index_.size());
  const std::uint32_t chunk = row / Chunk::kRows;
  index_[incident.id] = {row, version};
  version_sum_ += version;
  std::vector<PackedIncident>& draft = DraftOf(row);
  draft.push_back(std::move(incident));
  if (draft.size() == Chunk::kRows) Seal(chunk);  // a full load holds one draft at a time
}

void SnapshotBuilder::Remove(const std::string& id) {
  const auto known = index_.find(id);
  if (known == index_.end()) return;
  const Place place = known->second;
  version_sum_ -= place.version;
  // The last row takes the place of the removed one, so that all chunks but the last stay full.
  const auto last = static_cast<Snapshot::Row>(index_.size() - 1);
  std::vector<PackedIncident>& tail = DraftOf(last);
  PackedIncident moved = std::move(tail.back());
  tail.pop_back();
  index_.erase(known);
  if (place.row == last) return;
  index_[moved.id].row = place.row;
  DraftOf(place.row)[place.row % Chunk::kRows] = std::move(moved);
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
  for (std::size_t service = 0; service < calendars_.size(); ++service) {
    if (calendar_drafts_[service]) calendars_[service] = std::move(calendar_drafts_[service]);
  }
  return std::make_shared<const Snapshot>(data_version, shared_names_, chunks_,
                                          OutageCalendar(calendars_));
}

}  // namespace fails::analytics
