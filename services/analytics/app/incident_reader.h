// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fails/v1/incident_service.pb.h"
#include "services/analytics/domain/listing/filter.h"

namespace fails::analytics {

struct IncidentPage {
  std::vector<v1::Incident> incidents;  // without updates
  std::optional<ListPosition> next;     // absent at the end
  std::int64_t total = 0;               // of all pages
};

// Where incidents are read from as clients see them. UNAVAILABLE while the database cannot be read,
// DEADLINE_EXCEEDED for a read that takes too long. Thread-safe.
class IncidentReader {
 public:
  virtual ~IncidentReader() = default;

  // At most `limit` incidents that come after `after` in the filter's order.
  virtual absl::StatusOr<IncidentPage> List(const IncidentFilter& filter,
                                            const std::optional<ListPosition>& after,
                                            int limit) = 0;

  // In the order of the ids, without updates; those that are unknown are left out.
  virtual absl::StatusOr<std::vector<v1::Incident>> ListByIds(
      const std::vector<std::string>& ids) = 0;

  // With updates, newest first, impact intervals, and the group of flaps; absent for an unknown id.
  virtual absl::StatusOr<std::optional<v1::GetIncidentResponse>> Get(const std::string& id) = 0;
};

}  // namespace fails::analytics
