// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "services/analytics/domain/snapshot/chunk.h"
#include "services/analytics/domain/snapshot/names.h"
#include "services/analytics/domain/snapshot/outage_calendar.h"

namespace fails::analytics {

// Which start of an incident a query looks at: the first reported stage, or the impact start that
// some platforms state.
enum class StartBasis { kReport, kImpact };

// One incident of a snapshot. A pair of words, valid as long as the snapshot.
class IncidentView {
 public:
  IncidentView(const Chunk& chunk, std::uint32_t row) : chunk_(&chunk), row_(row) {}

  std::string_view id() const { return chunk_->id(row_); }
  ProviderIndex provider() const { return chunk_->provider(row_); }
  std::span<const ServiceIndex> services() const { return chunk_->services(row_); }
  Impact impact() const { return chunk_->impact(row_); }
  bool inconsistent() const { return chunk_->inconsistent(row_); }
  // Not over: not resolved, or reopened since.
  bool ongoing() const { return chunk_->ongoing(row_); }

  // kNoTime: never posted.
  std::int64_t stage(Stage stage) const { return chunk_->stage(row_, stage); }
  // The impact start if `basis` asks for it and the platform states one, else the earliest of
  // investigating … resolved. kNoTime for an incident without any of these stages, whatever the
  // basis: it belongs to no query.
  std::int64_t started(StartBasis basis) const {
    const std::int64_t reported = chunk_->started(row_);
    if (basis == StartBasis::kReport || reported == kNoTime) return reported;
    const std::int64_t impact = chunk_->impact_started(row_);
    return impact == kNoTime ? reported : impact;
  }
  std::int64_t impact_started() const { return chunk_->impact_started(row_); }
  // kNoTime while ongoing, and where the end was never posted.
  std::int64_t resolved() const { return ongoing() ? kNoTime : stage(kResolved); }
  // The latest of investigating … resolved; kNoTime while ongoing.
  std::int64_t closed() const { return chunk_->closed(row_); }

 private:
  const Chunk* chunk_;
  std::uint32_t row_;
};

// All incidents of one data version but the withdrawn, as columns. Immutable: any number of queries
// share one through a shared_ptr and need no lock. The next version shares every chunk that did not
// change.
class Snapshot {
 public:
  using Row = std::uint32_t;
  using Chunks = std::vector<std::shared_ptr<const Chunk>>;

  // All chunks but the last are full.
  Snapshot(std::int64_t data_version, std::shared_ptr<const Names> names, Chunks chunks,
           OutageCalendar calendar = {});

  std::int64_t data_version() const { return data_version_; }
  const Names& names() const { return *names_; }
  Row rows() const { return rows_; }
  IncidentView at(Row row) const { return {*chunks_[row / Chunk::kRows], row % Chunk::kRows}; }

  // Of the first incident of any kind; kNoTime without any.
  std::int64_t first_started(StartBasis basis) const {
    return basis == StartBasis::kReport ? first_started_ : first_impact_started_;
  }
  // Of the first incident of any kind that names the service; kNoTime without any.
  std::int64_t first_started(ServiceIndex service) const {
    return service < service_first_started_.size() ? service_first_started_[service] : kNoTime;
  }
  // The incidents that are not over, in no order. Looks only into chunks that have any.
  std::vector<Row> Ongoing() const;
  const OutageCalendar& calendar() const { return calendar_; }
  // Whether any incident names the service, or it has a calendar.
  bool Knows(ServiceIndex service) const {
    return (service < services_seen_.size() && services_seen_[service]) ||
           !calendar_.days(service).empty();
  }
  // Bytes of all columns.
  std::size_t MemoryBytes() const;

 private:
  std::int64_t data_version_;
  std::shared_ptr<const Names> names_;
  Chunks chunks_;
  Row rows_ = 0;
  std::int64_t first_started_ = kNoTime;
  std::int64_t first_impact_started_ = kNoTime;
  std::vector<bool> services_seen_;
  std::vector<std::int64_t> service_first_started_;
  OutageCalendar calendar_;
};

}  // namespace fails::analytics
