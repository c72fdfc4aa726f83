// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/analytics/tables.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "common/domain/levels.h"

namespace fails::bench {
namespace {

std::string TimeText(const std::optional<absl::Time>& time) {
  if (!time) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", *time, absl::UTCTimeZone());
}

std::optional<absl::Time> FirstBeforeResolved(const Stages& stages) {
  std::optional<absl::Time> first;
  for (const auto& stage : {stages.investigating, stages.identified, stages.monitoring}) {
    if (stage && (!first || *stage < *first)) first = stage;
  }
  return first;
}

}  // namespace

void ForEachLine(const Synthetic& data, const std::function<void(const IncidentLine&)>& incident,
                 const std::function<void(std::int64_t, const std::string&)>& incident_service) {
  data.Incidents([&](const analytics::IncidentRow& row) {
    if (row.impact == Impact::kMaintenance || row.stages.Inconsistent()) return;
    incident({.incident = row.version,
              .provider = row.provider.str(),
              .impact = std::string(ToString(row.impact)),
              .recovery_started = TimeText(FirstBeforeResolved(row.stages)),
              .started = TimeText(row.stages.StartedAt()),
              .resolved = TimeText(row.stages.resolved),
              .closed = TimeText(row.ongoing ? std::nullopt : row.stages.ClosedAt())});
    for (const ServiceId& service : row.services) incident_service(row.version, service.str());
  });
}

void WriteCsv(const Synthetic& data, const std::string& folder) {
  std::filesystem::create_directories(folder);
  std::ofstream incidents(folder + "/incident.csv");
  std::ofstream services(folder + "/incident_service.csv");
  ForEachLine(
      data,
      [&](const IncidentLine& line) {
        incidents << fmt::format("{},{},{},{},{},{},{}\n", line.incident, line.provider,
                                 line.impact, line.recovery_started, line.started, line.resolved,
                                 line.closed);
      },
      [&](std::int64_t incident, const std::string& service) {
        services << incident << ',' << service << '\n';
      });
  incidents.flush();
  services.flush();
  if (!incidents || !services) throw std::runtime_error("cannot write the CSV files to " + folder);
}

}  // namespace fails::bench
