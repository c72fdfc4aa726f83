// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/snapshot/snapshot.h"

#include <algorithm>
#include <utility>

namespace fails::analytics {
namespace {

void KeepEarlier(std::int64_t& best, std::int64_t candidate) {
  if (candidate != kNoTime && (best == kNoTime || candidate < best)) best = candidate;
}

}  // namespace

Snapshot::Snapshot(std::int64_t data_version, std::shared_ptr<const Names> names, Chunks chunks,
                   OutageCalendar calendar)
    : data_version_(data_version),
      names_(std::move(names)),
      chunks_(std::move(chunks)),
      calendar_(std::move(calendar)) {
  services_seen_.resize(names_->service_count());
  service_first_started_.resize(names_->service_count(), kNoTime);
  for (const auto& chunk : chunks_) {
    rows_ += chunk->rows();
    const ChunkSummary& summary = chunk->summary();
    KeepEarlier(first_started_, summary.first_started);
    KeepEarlier(first_impact_started_, summary.first_impact_started);
    for (std::size_t s = 0; s < summary.services_seen.size(); ++s) {
      if (summary.services_seen[s]) services_seen_[s] = true;
      KeepEarlier(service_first_started_[s], summary.service_first_started[s]);
    }
  }
}

std::vector<Snapshot::Row> Snapshot::Ongoing() const {
  std::vector<Row> rows;
  for (std::size_t c = 0; c < chunks_.size(); ++c) {
    if (chunks_[c]->summary().ongoing == 0) continue;
    for (std::uint32_t row = 0; row < chunks_[c]->rows(); ++row) {
      if (chunks_[c]->ongoing(row)) rows.push_back(static_cast<Row>(c * Chunk::kRows + row));
    }
  }
  return rows;
}

std::size_t Snapshot::MemoryBytes() const {
  std::size_t bytes = sizeof(Snapshot) + chunks_.capacity() * sizeof(chunks_.front());
  for (const auto& chunk : chunks_) bytes += chunk->MemoryBytes();
  return bytes + calendar_.MemoryBytes();
}

}  // namespace fails::analytics
