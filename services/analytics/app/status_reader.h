// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "fails/v1/catalog.pb.h"

namespace fails::analytics {

struct StatusChangeFilter {
  std::vector<std::string> services;  // empty for all
  std::optional<absl::Time> from;     // at >= from
  std::optional<absl::Time> to;       // at < to
};

// What the pages said of how services do. Errors as IncidentReader. Thread-safe.
class StatusReader {
 public:
  virtual ~StatusReader() = default;

  // Every service of which anything was ever said, in no order; without ongoing incidents.
  virtual absl::StatusOr<std::vector<v1::ServiceState>> States() = 0;
  // Newest first, at most `limit`.
  virtual absl::StatusOr<std::vector<v1::ServiceStatusChange>> Changes(
      const StatusChangeFilter& filter, int limit) = 0;
};

}  // namespace fails::analytics
