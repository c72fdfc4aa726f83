// SPDX-License-Identifier: Apache-2.0
// Three real pages as collected, against the tables that their researchers made of them by hand.
// Skipped where that data is not there; the cases of our own stand beside.
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "common/base/time.h"
#include "common/catalog/catalog.h"
#include "common/domain/stages.h"
#include "common/platforms/fails_incidents.h"
#include "common/platforms/fails_outages.h"
#include "common/platforms/reading/csv_reader.h"
#include "common/platforms/reading/wall_time.h"
#include "common/platforms/statuspage.h"

namespace fails::platforms {
namespace {

namespace fs = std::filesystem;

const fs::path kData = fs::path(FAILS_SOURCE_DIR) / ".." / "shared" / "data" / "icpe25";

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

// An incident as far as both sides tell it.
struct Told {
  std::string title;
  Impact impact;
  IncidentStatus status;
  std::set<std::string> components;
  Stages stages;

  friend bool operator==(const Told&, const Told&) = default;
};

Told ToldBy(const Report& report) {
  Told told{report.title, report.impact, report.status, {}, Stages::FromUpdates(report.updates)};
  for (const ComponentRef& component : *report.components) told.components.insert(component.name);
  return told;
}

using Day = std::pair<std::string, absl::CivilDay>;  // service in lower case

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

class RecordedPagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kData)) GTEST_SKIP() << "no research data beside the checkout";
  }

  // Answers the requests of a backfill from the files of a site and reads every answer.
  void Collect(const fs::path& site, const std::string& host) {
    const Platform& platform = StatuspagePlatform();
    const std::string base = "https://" + host;
    std::deque<DocumentRequest> todo;
    std::set<std::string> asked;
    const auto add = [&](std::vector<DocumentRequest> requests) {
      for (DocumentRequest& request : requests) {
        if (!request.instead_of.empty()) continue;  // all that others stand in for is there
        if (asked.insert(request.url).second) todo.push_back(std::move(request));
      }
    };
    add(platform.FirstRequests(base, Purpose::kBackfill, absl::UnixEpoch()));
    while (!todo.empty()) {
      const DocumentRequest request = todo.front();
      todo.pop_front();
      const std::string body = Answer(site, request.url.substr(base.size()));
      const DocumentView view{
          request.kind, request.url, request.kind == "uptime" ? "text/html" : "application/json",
          body,         {},          request.state};
      ASSERT_TRUE(platform.Recognize(view).ok()) << request.url << platform.Recognize(view);
      const auto parsed = platform.Parse(view);
      ASSERT_TRUE(parsed.ok()) << request.url;
      EXPECT_TRUE(parsed->problems.empty()) << request.url << ": " << parsed->problems.front();
      for (const Report& report : parsed->reports) incidents_[report.native_id] = ToldBy(report);
      for (const OutageDayReport& day : parsed->outage_days) {
        days_[{Lower(day.component.name), day.day.date}] = day.day;
      }
      history_pages_ += request.kind == "history";
      add(platform.FollowUps(base, Purpose::kBackfill, view));
    }
  }

  static std::string Answer(const fs::path& site, const std::string& path) {
    constexpr std::string_view kHistory = "/history.json?page=";
    if (path == "/") return ReadAll(site / "index.html");
    if (path.starts_with(kHistory)) {
      const fs::path file = site / "history" / (path.substr(kHistory.size()) + ".json");
      return fs::exists(file) ? ReadAll(file) : R"({"components":[],"months":[]})";
    }
    return ReadAll(site / path.substr(1));
  }

  void CollectAll() {
    for (const auto& entry : fs::directory_iterator(kData / "pages")) {
      Collect(entry.path() / "site", entry.path().filename().string());
    }
  }

  std::map<std::string, Told> incidents_;
  std::map<Day, OutageDay> days_;
  int history_pages_ = 0;
};

// The table read without the importer.
std::map<std::string, Told> IncidentTable() {
  const std::string text = ReadAll(kData / "clean" / "incident_stages.csv");
  const auto table = CsvTable::Read(text, {});
  EXPECT_TRUE(table.ok()) << table.status();
  const std::map<std::string, Impact> impacts = {{"0", Impact::kNone},
                                                 {"1", Impact::kMinor},
                                                 {"2", Impact::kMajor},
                                                 {"3", Impact::kCritical},
                                                 {"4", Impact::kMaintenance}};
  std::map<std::string, Told> told;
  for (const CsvRecord& record : table->records()) {
    const auto field = [&](std::string_view name) {
      return std::string(table->Field(record, name));
    };
    const auto time = [&](std::string_view name) -> std::optional<absl::Time> {
      if (field(name).empty()) return std::nullopt;
      return ParseIsoTime(field(name))->at;
    };
    Told& one = told[field("incident_id")];
    one.title = field("Incident_Title");
    one.impact = impacts.at(field("incident_impact_level"));
    one.stages = {time("investigating_timestamp"), time("identified_timestamp"),
                  time("monitoring_timestamp"), time("resolved_timestamp"),
                  time("postmortem_timestamp")};
    one.status = one.stages.postmortem ? IncidentStatus::kPostmortem : IncidentStatus::kResolved;
    for (const char* name : {"Playground", "API", "Labs", "ChatGPT", "api.anthropic.com",
                             "claude.ai", "console.anthropic.com", "Character.AI"}) {
      if (field(name) == "1") one.components.insert(name);
    }
  }
  return told;
}

TEST_F(RecordedPagesTest, ABackfillFindsEveryIncidentAsTheResearchersDid) {
  CollectAll();
  const auto expected = IncidentTable();
  EXPECT_EQ(expected.size(), 542u);
  EXPECT_EQ(incidents_.size(), 542u);
  for (const auto& [id, told] : expected) {
    ASSERT_TRUE(incidents_.contains(id)) << id;
    const Told& found = incidents_.at(id);
    EXPECT_EQ(found.title, told.title) << id;
    EXPECT_EQ(found.impact, told.impact) << id;
    EXPECT_EQ(found.status, told.status) << id;
    EXPECT_EQ(found.components, told.components) << id;
    EXPECT_TRUE(found.stages == told.stages) << id;
  }
  EXPECT_GT(history_pages_, 20);
  EXPECT_LT(history_pages_, 40) << "the walk ends";
}

TEST_F(RecordedPagesTest, TheCalendarsAreTheResearchersDays) {
  CollectAll();
  EXPECT_EQ(days_.size(), 5243u);
  const std::string text = ReadAll(kData / "clean" / "outage_unexploded.csv");
  const auto parsed = FailsOutagesPlatform().Parse({"file", "import:x", "text/csv", text, {}});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_TRUE(parsed->problems.empty());
  ASSERT_EQ(parsed->outage_days.size(), 5243u);
  for (const OutageDayReport& day : parsed->outage_days) {
    const auto found = days_.find({Lower(day.component.name), day.day.date});
    ASSERT_NE(found, days_.end()) << day.component.name << " " << day.day.date;
    EXPECT_EQ(found->second, day.day) << day.component.name << " " << day.day.date;
  }
}

TEST_F(RecordedPagesTest, TheImportedTableTellsTheSame) {
  const std::string file = ReadAll(kData / "clean" / "incident_stages.csv");
  const auto pieces = FailsIncidentsPlatform().Split(file, 100'000);
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  EXPECT_GT(pieces->size(), 1u);
  std::map<std::string, Told> imported;
  for (const ImportPiece& piece : *pieces) {
    const auto parsed =
        FailsIncidentsPlatform().Parse({"file", "import:x", "text/csv", piece.bytes, {}});
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_TRUE(parsed->problems.empty());
    for (const Report& report : parsed->reports) imported[report.native_id] = ToldBy(report);
  }
  CollectAll();
  EXPECT_EQ(imported.size(), 542u);
  EXPECT_TRUE(imported == incidents_);
}

// What the tables call providers and services, the catalog of the three pages knows.
TEST_F(RecordedPagesTest, TheCatalogKnowsEveryNameOfTheTables) {
  for (const char* path :
       {"/tests/simulator/catalog-2024.yaml", "/deploy/catalog/providers.yaml"}) {
    const auto catalog = catalog::Catalog::Load(std::string(FAILS_SOURCE_DIR) + path);
    ASSERT_TRUE(catalog.ok()) << catalog.status();
    const auto maps = [&](const std::string& provider, const ComponentRef& component) {
      const catalog::Provider* known = catalog->ProviderNamed(provider);
      return known && catalog->MapComponent(known->id, component);
    };
    const auto read = [](const ImportPlatform& platform, const char* file) {
      const std::string text = ReadAll(kData / "clean" / file);
      return *platform.Parse({"file", "", "text/csv", text, {}});
    };
    const Parsed outages = read(FailsOutagesPlatform(), "outage_unexploded.csv");
    for (const OutageDayReport& day : outages.outage_days) {
      ASSERT_TRUE(maps(day.provider, day.component)) << path << day.provider << day.component.name;
    }
    const Parsed incidents = read(FailsIncidentsPlatform(), "incident_stages.csv");
    for (const Report& report : incidents.reports) {
      for (const ComponentRef& component : *report.components) {
        ASSERT_TRUE(maps(report.provider, component)) << path << report.provider << component.name;
      }
    }
  }
}

}  // namespace
}  // namespace fails::platforms
