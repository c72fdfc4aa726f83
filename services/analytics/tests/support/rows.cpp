// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/rows.h"

#include <stdexcept>
#include <utility>

#include "absl/time/civil_time.h"
#include "common/base/time.h"

namespace fails::analytics::testing {

absl::Time At(const std::string& text) {
  const auto time = ParseTime(text);
  if (!time.ok()) throw std::invalid_argument(text);
  return *time;
}

Names StudyNames() {
  const auto provider = [](const std::string& id, const std::vector<std::string>& services) {
    std::vector<ServiceId> ids;
    for (const std::string& service : services) ids.emplace_back(id + "/" + service);
    return std::pair(ProviderId(id), ids);
  };
  return Names({provider("openai", {"api", "chatgpt", "dall-e", "playground"}),
                provider("anthropic", {"api", "claude", "console"}),
                provider("character-ai", {"character-ai"}),
                provider("stability-ai", {"rest-api", "grpc-api", "stable-assistant"})});
}

IncidentRow Ongoing(const std::string& id, std::vector<std::string> services,
                    const std::string& start) {
  IncidentRow row;
  row.id = IncidentId(id);
  row.provider = ProviderId(id.substr(0, id.find('/')));
  for (std::string& service : services) row.services.emplace_back(std::move(service));
  row.impact = Impact::kMinor;
  row.stages.investigating = At(start);
  row.ongoing = true;
  row.version = 1;
  return row;
}

IncidentRow Resolved(const std::string& id, std::vector<std::string> services,
                     const std::string& start, int minutes) {
  IncidentRow row = Ongoing(id, std::move(services), start);
  row.stages.resolved = At(start) + absl::Minutes(minutes);
  row.ongoing = false;
  return row;
}

IncidentRow With(IncidentRow row, const std::function<void(IncidentRow&)>& change) {
  change(row);
  return row;
}

std::shared_ptr<const Snapshot> SnapshotOf(const std::vector<IncidentRow>& rows, Names names,
                                           std::int64_t data_version,
                                           const std::vector<OutageDayRow>& outage_days) {
  SnapshotBuilder builder(std::move(names));
  for (const IncidentRow& row : rows) builder.Apply(row);
  for (const OutageDayRow& row : outage_days) builder.Apply(row);
  return builder.Build(data_version);
}

std::shared_ptr<const Snapshot> SnapshotOf(const std::vector<IncidentRow>& rows,
                                           const std::vector<OutageDayRow>& outage_days) {
  return SnapshotOf(rows, StudyNames(), 1, outage_days);
}

OutageDayRow OutageOn(const std::string& service, const std::string& date, int partial_minutes,
                      int major_minutes) {
  OutageDayRow row;
  row.service = ServiceId(service);
  if (!absl::ParseCivilTime(date, &row.day.date)) throw std::invalid_argument(date);
  row.day.partial_seconds = partial_minutes * 60;
  row.day.major_seconds = major_minutes * 60;
  row.version = 1;
  return row;
}

Query QueryOf(const Snapshot& snapshot, const QueryText& text) {
  auto query = ResolveQuery(text, snapshot, At("2024-09-01T00:00:00Z"), {});
  if (!query.ok()) throw std::invalid_argument(query.status().ToString());
  return *std::move(query);
}

bool Never() {
  return false;
}

}  // namespace fails::analytics::testing
