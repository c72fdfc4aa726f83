// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <cstdint>
#include <string>
#include <vector>

#include "common/domain/incident.h"

namespace fails::analytics::testing {

// A content with one update a stage, all minutes counted from `start`. Change what a test needs
// otherwise.
IncidentContent ContentOf(const std::string& page, std::vector<std::string> services,
                          const std::string& start, int minutes_to_resolved);

// Incident::Make with plain times; throws when it is refused.
Incident MakeIncident(const std::string& provider, const std::string& native_id,
                      IncidentContent content, std::int64_t revision = 1);

// Writes incidents into the tables as the normalizer does: one transaction, the next data version,
// updates replaced.
class IncidentWriter {
 public:
  // `url`: role fails_normalizer.
  explicit IncidentWriter(const std::string& url) : connection_(url) {}

  // Returns the data version.
  std::int64_t Write(const std::vector<Incident>& incidents);
  struct Day {
    std::string service, date;
    int partial_seconds = 0;
    int major_seconds = 0;
  };
  // Returns the data version.
  std::int64_t WriteDays(const std::vector<Day>& days);
  // Anything else, in a transaction of its own.
  void Execute(const std::string& sql);

 private:
  pqxx::connection connection_;
};

}  // namespace fails::analytics::testing
