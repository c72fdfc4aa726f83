// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/domain/levels.h"
#include "services/analytics/domain/snapshot/names.h"
#include "services/analytics/domain/snapshot/time_column.h"

namespace fails::analytics {

enum Stage : std::size_t { kInvestigating, kIdentified, kMonitoring, kResolved, kPostmortem };
inline constexpr std::size_t kStageCount = 5;

// One incident on its way into a chunk, or out of one.
struct PackedIncident {
  std::string id;
  ProviderIndex provider = 0;
  std::vector<ServiceIndex> services;  // ascending
  Impact impact = Impact::kUnknown;
  std::array<std::int64_t, kStageCount> stages;
  std::int64_t impact_started = kNoTime;
  bool ongoing = false;
  bool inconsistent = false;
  std::int64_t version = 0;  // of the data, when the incident last changed

  friend bool operator==(const PackedIncident&, const PackedIncident&) = default;
};

// What a snapshot wants to know of a chunk without reading its rows.
struct ChunkSummary {
  std::uint32_t ongoing = 0;                    // how many of its incidents are
  std::int64_t first_started = kNoTime;         // by the reported stages
  std::int64_t first_impact_started = kNoTime;  // where stated, else by the reported stages
  std::vector<bool>
      services_seen;  // by ServiceIndex; shorter than the names when the rest is unseen
  std::vector<std::int64_t> service_first_started;  // as long; by the reported stages
};

// Some thousand incidents as columns. Immutable.
class Chunk {
 public:
  // A power of two: large enough that a query runs over long columns, small enough that one changed
  // incident copies little.
  static constexpr std::uint32_t kRows = 4096;

  explicit Chunk(std::span<const PackedIncident> incidents);

  std::uint32_t rows() const { return static_cast<std::uint32_t>(provider_.size()); }
  const ChunkSummary& summary() const { return summary_; }
  PackedIncident Unpack(std::uint32_t row) const;

  std::string_view id(std::uint32_t row) const {
    return std::string_view(ids_).substr(id_offset_[row], id_offset_[row + 1] - id_offset_[row]);
  }
  ProviderIndex provider(std::uint32_t row) const { return provider_[row]; }
  std::span<const ServiceIndex> services(std::uint32_t row) const {
    return std::span(services_).subspan(service_offset_[row],
                                        service_offset_[row + 1] - service_offset_[row]);
  }
  Impact impact(std::uint32_t row) const {
    return static_cast<Impact>(impact_and_flags_[row] & kImpactBits);
  }
  std::int64_t stage(std::uint32_t row, Stage stage) const { return stages_[stage][row]; }
  std::int64_t started(std::uint32_t row) const { return started_[row]; }
  std::int64_t impact_started(std::uint32_t row) const { return impact_started_[row]; }
  std::int64_t closed(std::uint32_t row) const { return closed_[row]; }
  bool ongoing(std::uint32_t row) const { return (impact_and_flags_[row] & kOngoingBit) != 0; }
  bool inconsistent(std::uint32_t row) const {
    return (impact_and_flags_[row] & kInconsistentBit) != 0;
  }

  std::int64_t version(std::uint32_t row) const { return version_[row]; }

  // Bytes of all columns.
  std::size_t MemoryBytes() const;

 private:
  void Summarize(const PackedIncident& incident, std::int64_t started);

  static constexpr std::uint8_t kImpactBits = 0x0f;
  static constexpr std::uint8_t kOngoingBit = 0x10;
  static constexpr std::uint8_t kInconsistentBit = 0x20;

  std::array<TimeColumn, kStageCount> stages_;
  TimeColumn started_, impact_started_, closed_;
  std::vector<ProviderIndex> provider_;
  std::vector<std::uint8_t> impact_and_flags_;
  std::vector<std::int64_t> version_;
  std::vector<std::uint32_t> service_offset_, id_offset_;
  std::vector<ServiceIndex> services_;
  std::string ids_;
  ChunkSummary summary_;
};

}  // namespace fails::analytics
