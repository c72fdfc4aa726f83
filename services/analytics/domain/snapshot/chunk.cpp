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
  for (auto& column : stages_) column.reserve(n);
  for (auto* column : {&started_, &impact_started_, &closed_}) column->reserve(n);
  provider_.reserve(n);
  impact_.reserve(n);
  flags_.reserve(n);
  for (auto* offsets : {&service_offset_, &id_offset_}) {
    offsets->reserve(n + 1);
    offsets->push_back(0);
  }
  for (const PackedIncident& incident : incidents) {
    std::int64_t first = kNoTime;
    std::int64_t last = kNoTime;
    for (std::size_t s = 0; s < kStageCount; ++s) {
      stages_[s].push_back(incident.stages[s]);
      if (s == kPostmortem) continue;  // comes after the incident, not within
      first = Earliest(first, incident.stages[s]);
      last = std::max(last, incident.stages[s]);  // kNoTime is the smallest
    }
    started_.push_back(first);
    impact_started_.push_back(incident.impact_started);
    closed_.push_back(incident.ongoing ? kNoTime : last);
    provider_.push_back(incident.provider);
    impact_.push_back(incident.impact);
    flags_.push_back(static_cast<std::uint8_t>((incident.ongoing ? kOngoingBit : 0) |
                                               (incident.inconsistent ? kInconsistentBit : 0)));
    services_.insert(services_.end(), incident.services.begin(), incident.services.end());
    service_offset_.push_back(static_cast<std::uint32_t>(services_.size()));
    ids_ += incident.id;
    id_offset_.push_back(static_cast<std::uint32_t>(ids_.size()));

    summary_.first_started = Earliest(summary_.first_started, first);
    const bool stated = first != kNoTime && incident.impact_started != kNoTime;
    summary_.first_impact_started =
        Earliest(summary_.first_impact_started, stated ? incident.impact_started : first);
    for (const ServiceIndex service : incident.services) {
      if (service >= summary_.services_seen.size()) {
        summary_.services_seen.resize(service + 1);
        summary_.service_first_started.resize(service + 1, kNoTime);
      }
      summary_.services_seen[service] = true;
      summary_.service_first_started[service] =
          Earliest(summary_.service_first_started[service], first);
    }
  }
  services_.shrink_to_fit();
  ids_.shrink_to_fit();
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
  return incident;
}

std::size_t Chunk::MemoryBytes() const {
  std::size_t bytes = sizeof(Chunk) + ids_.capacity() + BytesOf(services_) + BytesOf(flags_) +
                      BytesOf(impact_) + BytesOf(provider_) + BytesOf(service_offset_) +
                      BytesOf(id_offset_);
  for (const auto& column : stages_) bytes += BytesOf(column);
  for (const auto* column : {&started_, &impact_started_, &closed_}) bytes += BytesOf(*column);
  return bytes;
}

}  // namespace fails::analytics
