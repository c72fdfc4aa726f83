// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/chunk.h"

#include <algorithm>

namespace fails::analytics {
namespace {

std::int64_t Earliest(std::int64_t a, std::int64_t b) {
  if (a == kNoTime || b == kNoTime) return std::max(a, b);
  return std::min(a, b);
}

template <class T>
std::size_t BytesOf(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

}  // namespace

Chunk::Chunk(std::span<const PackedIncident> incidents) {
  const std::size_t n = incidents.size();
  std::array<std::vector<std::int64_t>, kStageCount> stages;
  std::vector<std::int64_t> started, impact_started, closed;
  for (auto& column : stages) column.reserve(n);
  for (auto* column : {&started, &impact_started, &closed, &version_}) column->reserve(n);
  provider_.reserve(n);
  impact_and_flags_.reserve(n);
  for (auto* offsets : {&service_offset_, &id_offset_}) {
    offsets->reserve(n + 1);
    offsets->push_back(0);
  }
  for (const PackedIncident& incident : incidents) {
    std::int64_t first = kNoTime;
    std::int64_t last = kNoTime;
    for (std::size_t s = 0; s < kStageCount; ++s) {
      stages[s].push_back(incident.stages[s]);
      if (s == kPostmortem) continue;  // comes after the incident, not within
      first = Earliest(first, incident.stages[s]);
      last = std::max(last, incident.stages[s]);  // kNoTime is the smallest
    }
    started.push_back(first);
    impact_started.push_back(incident.impact_started);
    closed.push_back(incident.ongoing ? kNoTime : last);
    version_.push_back(incident.version);
    provider_.push_back(incident.provider);
    impact_and_flags_.push_back(static_cast<std::uint8_t>(
        static_cast<unsigned>(incident.impact) | (incident.ongoing ? kOngoingBit : 0U) |
        (incident.inconsistent ? kInconsistentBit : 0U)));
    services_.insert(services_.end(), incident.services.begin(), incident.services.end());
    service_offset_.push_back(static_cast<std::uint32_t>(services_.size()));
    ids_ += incident.id;
    id_offset_.push_back(static_cast<std::uint32_t>(ids_.size()));
    Summarize(incident, first);
  }
  for (std::size_t s = 0; s < kStageCount; ++s) stages_[s] = TimeColumn(stages[s]);
  started_ = TimeColumn(started);
  impact_started_ = TimeColumn(impact_started);
  closed_ = TimeColumn(closed);
  services_.shrink_to_fit();
  ids_.shrink_to_fit();
}

void Chunk::Summarize(const PackedIncident& incident, std::int64_t started) {
  if (incident.ongoing) ++summary_.ongoing;
  summary_.first_started = Earliest(summary_.first_started, started);
  const bool stated = started != kNoTime && incident.impact_started != kNoTime;
  summary_.first_impact_started =
      Earliest(summary_.first_impact_started, stated ? incident.impact_started : started);
  for (const ServiceIndex service : incident.services) {
    if (service >= summary_.services_seen.size()) {
      summary_.services_seen.resize(service + 1);
      summary_.service_first_started.resize(service + 1, kNoTime);
    }
    summary_.services_seen[service] = true;
    summary_.service_first_started[service] =
        Earliest(summary_.service_first_started[service], started);
  }
}

PackedIncident Chunk::Unpack(std::uint32_t row) const {
  PackedIncident incident;
  incident.id = id(row);
  incident.provider = provider(row);
  incident.services.assign(services(row).begin(), services(row).end());
  incident.impact = impact(row);
  for (std::size_t s = 0; s < kStageCount; ++s) incident.stages[s] = stages_[s][row];
  incident.impact_started = impact_started(row);
  incident.ongoing = ongoing(row);
  incident.inconsistent = inconsistent(row);
  incident.version = version(row);
  return incident;
}

std::size_t Chunk::MemoryBytes() const {
  std::size_t bytes =
      sizeof(Chunk) + ids_.capacity() + BytesOf(services_) + BytesOf(impact_and_flags_) +
      BytesOf(provider_) + BytesOf(version_) + BytesOf(service_offset_) + BytesOf(id_offset_) +
      BytesOf(summary_.service_first_started) + summary_.services_seen.capacity() / 8;
  for (const TimeColumn& column : stages_) bytes += column.MemoryBytes();
  for (const TimeColumn* column : {&started_, &impact_started_, &closed_}) {
    bytes += column->MemoryBytes();
  }
  return bytes;
}

}  // namespace fails::analytics
