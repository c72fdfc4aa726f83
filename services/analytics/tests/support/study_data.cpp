// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/study_data.h"

#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>

#include "absl/strings/match.h"
#include "absl/time/civil_time.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics::testing {
namespace {

using Record = std::map<std::string, std::string>;

// RFC 4180: quoted fields may hold commas, line breaks and doubled quotes.
std::vector<std::vector<std::string>> ParseCsv(const std::string& text) {
  std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        lines.back().back() += text[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      lines.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      lines.emplace_back(1);
    } else if (c != '\r' || quoted) {
      lines.back().back() += c;
    }
  }
  if (lines.back().size() == 1 && lines.back()[0].empty()) lines.pop_back();
  return lines;
}

std::vector<Record> ReadRecords(const std::string& path) {
  const auto lines = ReadCsv(path);
  std::vector<Record> records;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Record record;
    for (std::size_t c = 0; c < lines[0].size(); ++c) record[lines[0][c]] = lines[i].at(c);
    records.push_back(std::move(record));
  }
  return records;
}

const std::vector<std::pair<std::string, std::string>>& ServiceColumns() {
  static const std::vector<std::pair<std::string, std::string>> columns = {
      {"API", "openai/api"},
      {"ChatGPT", "openai/chatgpt"},
      {"Labs", "openai/dall-e"},
      {"Playground", "openai/playground"},
      {"api.anthropic.com", "anthropic/api"},
      {"claude.ai", "anthropic/claude"},
      {"console.anthropic.com", "anthropic/console"},
      {"Character.AI", "character-ai/character-ai"},
  };
  return columns;
}

// The calendars write them in lower case.
ServiceId ServiceOfCalendar(const std::string& name) {
  for (const auto& [column, service] : ServiceColumns()) {
    if (absl::EqualsIgnoreCase(column, name)) return ServiceId(service);
  }
  throw std::runtime_error("no service is called " + name);
}

// "2024-02-26 17:09:00+00:00"
std::optional<absl::Time> StageTime(const Record& record, const std::string& stage) {
  std::string text = record.at(stage + "_timestamp");
  if (text.empty()) return std::nullopt;
  text.at(10) = 'T';
  return At(text);
}

}  // namespace

std::vector<std::vector<std::string>> ReadCsv(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  return ParseCsv({std::istreambuf_iterator<char>(in), {}});
}

std::vector<IncidentRow> ReadStudyIncidents(const std::string& path) {
  static const std::vector<Impact> levels = {Impact::kNone, Impact::kMinor, Impact::kMajor,
                                             Impact::kCritical, Impact::kMaintenance};
  std::vector<IncidentRow> rows;
  for (const Record& record : ReadRecords(path)) {
    IncidentRow row;
    const std::string& provider = record.at("provider");
    row.provider = ProviderId(provider == "character" ? "character-ai" : provider);
    row.id = IncidentId(row.provider.str() + "/" + record.at("incident_id"));
    for (const auto& [column, service] : ServiceColumns()) {
      if (record.at(column) == "1") row.services.emplace_back(service);
    }
    row.impact = levels.at(std::stoul(record.at("incident_impact_level")));
    row.stages = {StageTime(record, "investigating"), StageTime(record, "identified"),
                  StageTime(record, "monitoring"), StageTime(record, "resolved"),
                  StageTime(record, "postmortem")};
    row.ongoing = !row.stages.resolved;
    row.version = 1;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<OutageDayRow> ReadStudyOutageDays(const std::string& path) {
  std::vector<OutageDayRow> rows;
  for (const Record& record : ReadRecords(path)) {
    OutageDayRow row;
    row.service = ServiceOfCalendar(record.at("Service"));
    if (!absl::ParseCivilTime(record.at("Date"), &row.day.date)) {
      throw std::runtime_error("no date: " + record.at("Date"));
    }
    row.day.partial_seconds = std::stoi(record.at("partial_outage_minutes")) * 60;
    row.day.major_seconds = std::stoi(record.at("major_outage_minutes")) * 60;
    row.version = 1;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace fails::analytics::testing
