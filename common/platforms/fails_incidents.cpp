// SPDX-License-Identifier: Apache-2.0
// The incident table of FAILS and of the ICPE'25 artifact (incident_stages.csv): an incident a
// line, a column for each service with 1 where it was affected, and for each stage a flag, a time
// and what was posted.
#include "common/platforms/fails_incidents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/status_macros.h"
#include "common/platforms/reading/csv_reader.h"
#include "common/platforms/reading/text.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

struct Stage {
  IncidentStatus status;
  std::string_view time, text;
};

// Latest first, the order in which pages list updates of one minute.
constexpr std::array kStages = {
    Stage{IncidentStatus::kPostmortem, "postmortem_timestamp", "postmortem_description"},
    Stage{IncidentStatus::kResolved, "resolved_timestamp", "resolved_description"},
    Stage{IncidentStatus::kMonitoring, "monitoring_timestamp", "monitoring_description"},
    Stage{IncidentStatus::kIdentified, "identified_timestamp", "identified_description"},
    Stage{IncidentStatus::kInvestigating, "investigating_timestamp", "investigating_description"},
};

constexpr std::array kRequired = {"incident_id"sv,
                                  "Incident_Title"sv,
                                  "incident_impact_level"sv,
                                  "provider"sv,
                                  "investigating_timestamp"sv,
                                  "identified_timestamp"sv,
                                  "monitoring_timestamp"sv,
                                  "resolved_timestamp"sv,
                                  "postmortem_timestamp"sv};

constexpr std::array kImpacts = {Impact::kNone, Impact::kMinor, Impact::kMajor, Impact::kCritical,
                                 Impact::kMaintenance};

// Words that pandas writes for nothing.
bool IsNothing(std::string_view field) {
  return field.empty() || EqualsNoCase(field, "nat") || EqualsNoCase(field, "nan") ||
         EqualsNoCase(field, "none") || EqualsNoCase(field, "null");
}

bool IsOne(std::string_view field) {
  return field == "1" || field == "1.0" || EqualsNoCase(field, "true");
}

bool IsZeroOrOne(std::string_view field) {
  return IsOne(field) || IsNothing(field) || field == "0" || field == "0.0" ||
         EqualsNoCase(field, "false");
}

// The table's own columns, apart from those of services.
bool IsOfTheTable(std::string_view column) {
  constexpr std::array kOwn = {"provider"sv, "time_span"sv, "over_one_day"sv, "duration"sv, ""sv};
  constexpr std::array kEnds = {"_flag"sv, "_timestamp"sv, "_description"sv, "_count"sv,
                                "_level"sv};
  const std::string lower = ToLower(column);
  return std::ranges::find(kOwn, std::string_view(lower)) != kOwn.end() ||
         lower.starts_with("incident_") || lower.starts_with("unnamed") ||
         std::ranges::any_of(kEnds, [&](std::string_view end) { return lower.ends_with(end); });
}

// The columns of services: which there are depends on the version of the data set.
std::vector<std::size_t> ServiceColumns(const CsvTable& table) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < table.header().fields.size(); ++i) {
    if (IsOfTheTable(table.Field(table.header(), i))) continue;
    const bool is_flag = std::ranges::all_of(table.records(), [&](const CsvRecord& record) {
      return IsZeroOrOne(table.Field(record, i));
    });
    if (is_flag) columns.push_back(i);
  }
  return columns;
}

class Row {
 public:
  Row(const CsvTable& table, const CsvRecord& record, std::vector<std::string>& problems)
      : table_(table), record_(record), problems_(problems) {}

  // Absent, with a problem, when it cannot be an incident.
  std::optional<Report> Read(const std::vector<std::size_t>& services) {
    Report report{.native_id = std::string(Field("incident_id")),
                  .title = std::string(Field("Incident_Title")),
                  .url = HttpUrl(Field("Incident_Link"))};
    report.provider = Field("provider");
    if (report.native_id.empty() || report.provider.empty()) {
      Complain("no incident_id or no provider");
      return std::nullopt;
    }
    report.impact = ReadImpact();
    ReadStages(report);
    report.components.emplace();
    for (const std::size_t column : services) {
      if (!IsOne(table_.Field(record_, column))) continue;
      report.components->push_back({"", std::string(table_.Field(table_.header(), column))});
    }
    return report;
  }

 private:
  std::string_view Field(std::string_view column) const { return table_.Field(record_, column); }

  void Complain(const std::string& what) {
    problems_.push_back(fmt::format("line {}: {}", record_.line, what));
  }

  Impact ReadImpact() {
    std::string_view field = Field("incident_impact_level");
    if (field.ends_with(".0")) field.remove_suffix(2);
    if (IsNothing(field)) return Impact::kUnknown;
    const auto level = Number(field);
    if (level && static_cast<std::size_t>(*level) < kImpacts.size()) return kImpacts[*level];
    Complain(fmt::format("'{}' is no impact level from 0 to 4", field));
    return Impact::kUnknown;
  }

  void ReadStages(Report& report) {
    for (const Stage& stage : kStages) {
      const std::string_view field = Field(stage.time);
      if (IsNothing(field)) continue;
      const auto time = ParseIsoTime(field);
      if (!time.ok()) {
        Complain(fmt::format("{}: '{}' is no time", stage.time, field.substr(0, 80)));
        continue;
      }
      if (report.updates.empty()) report.status = stage.status;
      report.updates.push_back({"", stage.status, time->at, std::string(Field(stage.text))});
    }
    if (report.updates.empty()) Complain("no stage has a time");
  }

  const CsvTable& table_;
  const CsvRecord& record_;
  std::vector<std::string>& problems_;
};

class FailsIncidents final : public ImportPlatform {
 public:
  std::string_view id() const override { return "fails-incidents"; }
  std::string_view content_type() const override { return "text/csv"; }

  absl::StatusOr<std::vector<ImportPiece>> Split(std::string_view file,
                                                 std::size_t max_bytes) const override {
    return SplitCsv(file, max_bytes, kRequired);
  }

  absl::StatusOr<Parsed> Parse(const DocumentView& document) const override {
    FAILS_ASSIGN_OR_RETURN(const CsvTable table,
                           CsvTable::Read(document.body, kRequired, LinesBefore(document.url)));
    const std::vector<std::size_t> services = ServiceColumns(table);
    Parsed parsed;
    for (const CsvRecord& record : table.records()) {
      if (auto report = Row(table, record, parsed.problems).Read(services)) {
        parsed.reports.push_back(std::move(*report));
      }
    }
    return parsed;
  }
};

}  // namespace

const ImportPlatform& FailsIncidentsPlatform() {
  static const FailsIncidents platform;
  return platform;
}

}  // namespace fails::platforms
