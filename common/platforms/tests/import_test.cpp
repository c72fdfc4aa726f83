// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/time.h"
#include "common/domain/incident.h"
#include "common/platforms/fails_incidents.h"
#include "common/platforms/fails_outages.h"
#include "common/platforms/ndjson.h"
#include "common/platforms/reading/csv_reader.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kHeader[] =
    "incident_id,Incident_Title,incident_impact_level,Incident_color,provider,API,Web App,Notes,"
    "investigating_flag,investigating_timestamp,investigating_description,"
    "identified_flag,identified_timestamp,identified_description,"
    "monitoring_flag,monitoring_timestamp,monitoring_description,"
    "resolved_flag,resolved_timestamp,resolved_description,"
    "postmortem_flag,postmortem_timestamp,postmortem_description,start_timestamp,over_one_day\n";
constexpr char kFull[] =
    "a1b2,\"Errors, \"\"many\"\"\",2,#fff,maker,1,0,hello,"
    "1,2024-02-26 17:09:00+00:00,\"We look.\r\nHard.\",1,2024-02-26 17:37:00,Found.,"
    "1,2024-02-26T17:41:00Z,Watching.,1,2024-02-26 18:21:00+00:00,Over.,"
    "1,2024-02-28 08:00:00-08:00,Learnt.,2024-02-26 17:09:00+00:00,False\n";
constexpr char kBare[] =
    "c3,Only over,4,#fff,maker,0,0,,0,,,0,NaT,,0,nan,,1,2024-02-16 20:35:00,Gone.,0,,,x,True\n";

Parsed Read(const ImportPlatform& platform, const std::string& text) {
  const auto parsed = platform.Parse({"file", "import:x", platform.content_type(), text, {}});
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *parsed : Parsed{};
}

TEST(ImportTest, ReadsAnIncidentTable) {
  const Parsed parsed = Read(FailsIncidentsPlatform(), std::string(kHeader) + kFull + "\n" + kBare);
  EXPECT_THAT(parsed.problems, IsEmpty());
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& full = parsed.reports[0];
  EXPECT_EQ(full.native_id, "a1b2");
  EXPECT_EQ(full.title, "Errors, \"many\"");
  EXPECT_EQ(full.provider, "maker");
  EXPECT_EQ(full.impact, Impact::kMajor);
  EXPECT_EQ(full.status, IncidentStatus::kPostmortem);
  EXPECT_THAT(*full.components, ElementsAre(ComponentRef{"", "API"}));
  ASSERT_THAT(full.updates, SizeIs(5));
  EXPECT_EQ(full.updates[0].at, *ParseTime("2024-02-28T16:00:00Z"));
  EXPECT_EQ(full.updates[4], (Update{"", IncidentStatus::kInvestigating,
                                     *ParseTime("2024-02-26T17:09:00Z"), "We look.\r\nHard."}));
  const Report& bare = parsed.reports[1];
  EXPECT_EQ(bare.impact, Impact::kMaintenance);
  EXPECT_EQ(bare.status, IncidentStatus::kResolved);
  ASSERT_TRUE(bare.components);
  EXPECT_THAT(*bare.components, IsEmpty()) << "a list of none";
  EXPECT_THAT(bare.updates, SizeIs(1));
}

// The data set's versions differ in the services that have a column, and in where these stand.
TEST(ImportTest, ServicesAreWhateverColumnsTheTableHas) {
  const Parsed parsed = Read(FailsIncidentsPlatform(),
                             "DALL-E,provider,incident_id,Incident_Title,incident_impact_level,"
                             "investigating_timestamp,identified_timestamp,monitoring_timestamp,"
                             "resolved_timestamp,postmortem_timestamp,REST API,gRPC API\n"
                             "1,m,i1,T,0,,,,2024-02-16 20:35:00,,0,1.0\n"
                             "0,m,i2,T,0,,,,2024-02-16 20:35:00,,,0\n");
  ASSERT_THAT(parsed.reports, SizeIs(2));
  EXPECT_THAT(*parsed.reports[0].components,
              ElementsAre(ComponentRef{"", "DALL-E"}, ComponentRef{"", "gRPC API"}));
  EXPECT_THAT(*parsed.reports[1].components, IsEmpty());
}

TEST(ImportTest, ABadRecordIsAProblemWithItsLine) {
  const Parsed parsed = Read(
      FailsIncidentsPlatform(),
      std::string(kHeader) + kFull +
          ",No id,1,#fff,maker,0,0,,0,,,0,,,0,,,1,2024-02-16 20:35:00,,0,,,,\n" +
          "d4,Odd,7,#fff,maker,0,0,,0,noon,,0,,,0,,,1,2024-02-16 20:35:00,,0,,,,\n" + "e5,Short\n");
  EXPECT_THAT(parsed.reports, SizeIs(2));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("line 4: no incident_id"),
                                           HasSubstr("line 5: '7' is no impact"),
                                           HasSubstr("line 5: investigating_timestamp: 'noon'"),
                                           HasSubstr("line 6: no incident_id or no provider")));
}

TEST(ImportTest, ReadsOutageDays) {
  const Parsed parsed =
      Read(FailsOutagesPlatform(),
           "Date,Service,partial_outage_minutes,major_outage_minutes,provider\n"
           "2024-06-03,api,59,0.5,maker\n2024-06-31,api,0,0,maker\n"
           "2024-06-04,api,-1,0,maker\n2024-06-04,,1,0,maker\n2024-06-04,api,1e9,0,maker\n");
  EXPECT_THAT(
      parsed.outage_days,
      ElementsAre(OutageDayReport{"maker", {"", "api"}, {absl::CivilDay(2024, 6, 3), 3540, 30}}));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("line 3: '2024-06-31'"), HasSubstr("line 4"),
                                           HasSubstr("line 5"), HasSubstr("line 6")));
}

TEST(ImportTest, SplitsBetweenRecordsAndRepeatsTheHeader) {
  std::string file = kHeader;
  for (int i = 0; i < 20; ++i) file += kFull;
  const auto pieces = FailsIncidentsPlatform().Split("\xEF\xBB\xBF" + file, 1500);
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  EXPECT_EQ(pieces->size(), 5u);
  std::size_t reports = 0;
  for (const ImportPiece& piece : *pieces) {
    EXPECT_LE(piece.bytes.size(), 1500u);
    EXPECT_TRUE(piece.bytes.starts_with(kHeader));
    const Parsed parsed = Read(FailsIncidentsPlatform(), piece.bytes);
    EXPECT_THAT(parsed.problems, IsEmpty());
    reports += parsed.reports.size();
  }
  EXPECT_EQ(reports, 20u);
}

std::string SplitError(const ImportFormat& format, std::string_view file,
                       std::size_t max_bytes = 1 << 20) {
  const auto pieces = format.Split(file, max_bytes);
  EXPECT_EQ(pieces.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(pieces.status().message());
}

TEST(ImportTest, SplitSaysWhatIsWrongWithAFile) {
  EXPECT_THAT(SplitError(FailsIncidentsPlatform(), ""), HasSubstr("empty"));
  EXPECT_THAT(SplitError(FailsIncidentsPlatform(), "a,b\n1,2\n"),
              HasSubstr("no column 'incident_id'"));
  EXPECT_THAT(SplitError(FailsIncidentsPlatform(), kHeader), HasSubstr("no records"));
  EXPECT_THAT(SplitError(FailsIncidentsPlatform(), std::string(kHeader) + "a,\"open\n\n"),
              HasSubstr("line 2: a quote is opened"));
  EXPECT_THAT(SplitError(FailsIncidentsPlatform(), std::string(kHeader) + kFull, 600),
              HasSubstr("line 2"));
  EXPECT_THAT(SplitError(FailsOutagesPlatform(), "Date,Date\n"), HasSubstr("two columns 'Date'"));
  EXPECT_THAT(SplitError(NdjsonPlatform(), "\n\n"), HasSubstr("no records"));
  EXPECT_THAT(SplitError(NdjsonPlatform(), "\nincident_id,x\n"), HasSubstr("line 2: not JSON"));
  EXPECT_THAT(SplitError(NdjsonPlatform(), "{}\n"), HasSubstr("line 1"));
  EXPECT_THAT(SplitError(NdjsonPlatform(), "{\"id\":\"p/a\"}\n", 5), HasSubstr("line 1"));
}

TEST(ImportTest, CsvLinesCountThroughQuotesAndAnyLineEnd) {
  const auto records = ReadCsv("a,b\r\n\"x\ny\",2\r\n\r\n\n3,4\n\"5\",6");
  ASSERT_TRUE(records.ok()) << records.status();
  std::vector<std::size_t> lines;
  for (const CsvRecord& record : *records) lines.push_back(record.line);
  EXPECT_THAT(lines, ElementsAre(1u, 2u, 6u, 7u));
  EXPECT_THAT(records->at(1).fields, ElementsAre("x\ny", "2"));
}

constexpr char kExported[] =
    R"({"id":"maker/i/1","native_id":"i/1","provider":"maker","page":"maker-page","title":"Errors","url":"https://s/incidents/i1","impact":"minor","status":"resolved","services":["maker/api","maker/web"],"stages":{"resolved":"2024-02-26T18:21:00Z"},"started_at":"2024-02-26T17:09:00Z","impact_started_at":"2024-02-26T17:00:00Z","withdrawn_at":"2024-03-01T00:00:00Z","ongoing":false,"flags":["backfilled","unknown_component"],"revision":3,"updates":[{"status":"resolved","at":"2024-02-26T18:21:00Z","body":" Over.\n"},{"status":"unknown","at":"2024-02-26T17:09:00.5Z","body":""}],"impact_intervals":[{"service":"maker/api","from":"2024-02-26T17:00:00Z","to":"2024-02-26T18:00:00Z","level":"partial_outage"},{"service":"maker/web","from":"2024-02-26T17:00:00Z","level":"major_outage"}],"new_key":{"x":1}})";

TEST(ImportTest, ReadsOurExport) {
  const Parsed parsed =
      Read(NdjsonPlatform(),
           std::string(kExported) +
               "\r\n\n{\"service\":\"maker/api\",\"provider\":\"maker\",\"date\":\"2024-02-26\","
               "\"partial_seconds\":60,\"major_seconds\":0}\n{\"id\":\"x\"}\nnot json\n"
               "{\"service\":\"maker/api\",\"date\":\"2024-02-30\"}\n");
  ASSERT_THAT(parsed.reports, SizeIs(1));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "i/1");
  EXPECT_EQ(report.provider, "maker");
  EXPECT_EQ(report.page, "maker-page");
  EXPECT_THAT(*report.services, ElementsAre("maker/api", "maker/web"));
  EXPECT_FALSE(report.components);
  EXPECT_TRUE(report.backfilled);
  EXPECT_THAT(report.flags, testing::Contains("unknown_component"));
  EXPECT_EQ(report.withdrawn_at, *ParseTime("2024-03-01T00:00:00Z"));
  EXPECT_EQ(report.impact_started_at, *ParseTime("2024-02-26T17:00:00Z"));
  ASSERT_THAT(report.updates, SizeIs(2));
  EXPECT_EQ(report.updates[0].body, " Over.\n") << "untouched";
  EXPECT_EQ(report.updates[1].at, *ParseTime("2024-02-26T17:09:00.5Z"));
  ASSERT_TRUE(report.component_impacts);
  EXPECT_EQ(report.component_impacts->at(1).component.id, "maker/web");
  EXPECT_FALSE(report.component_impacts->at(1).to);
  EXPECT_THAT(parsed.outage_days,
              ElementsAre(OutageDayReport{
                  "maker", {"maker/api", ""}, {absl::CivilDay(2024, 2, 26), 60, 0}}));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("line 4"), HasSubstr("line 5: not JSON"),
                                           HasSubstr("line 6: '2024-02-30'")));
}

TEST(ImportTest, ALineOfAListHasItsStagesOnly) {
  const Parsed parsed = Read(
      NdjsonPlatform(),
      R"({"id":"m/a","status":"resolved","stages":{"investigating":"2024-01-01T00:00:00Z","resolved":"2024-01-01T01:00:00Z"},"flags":["end_inferred"]})");
  const Stages stages = Stages::FromUpdates(parsed.reports.at(0).updates);
  EXPECT_EQ(stages.investigating, *ParseTime("2024-01-01T00:00:00Z"));
  EXPECT_EQ(stages.resolved, *ParseTime("2024-01-01T01:00:00Z"));
  EXPECT_EQ(parsed.reports[0].end_inferred_at, stages.resolved);
  EXPECT_FALSE(parsed.reports[0].services);
}

TEST(ImportTest, SplitsOurExportByLines) {
  const std::string file = std::string(kExported) + "\n\n" + kExported;
  const auto pieces = NdjsonPlatform().Split(file, 1500);
  ASSERT_TRUE(pieces.ok()) << pieces.status();
  ASSERT_THAT(*pieces, SizeIs(2));
  for (const ImportPiece& piece : *pieces) EXPECT_EQ(piece.bytes, std::string(kExported) + "\n");
}

// The problems of a file that is cut, in the words of whoever reads the pieces.
std::vector<std::string> ProblemsOf(const ImportPlatform& platform, const std::string& file,
                                    std::size_t max_bytes) {
  const auto pieces = platform.Split(file, max_bytes);
  EXPECT_TRUE(pieces.ok()) << pieces.status();
  std::vector<std::string> problems;
  if (!pieces.ok()) return problems;
  EXPECT_GT(pieces->size(), 2u) << "or there is nothing to test";
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    const std::string url = PieceUrl("import:file", i + 1, pieces->at(i));
    const auto parsed =
        platform.Parse({"file", url, platform.content_type(), pieces->at(i).bytes, {}});
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    if (!parsed.ok()) continue;
    problems.insert(problems.end(), parsed->problems.begin(), parsed->problems.end());
  }
  return problems;
}

TEST(ImportTest, ProblemsNameTheLineOfTheFileInWhicheverPieceItIs) {
  for (const char* end : {"\n", "\r\n"}) {
    std::string file = std::string("\xEF\xBB\xBF\"Date\",Service,provider,\"note") + end +
                       "of two lines\",partial_outage_minutes,major_outage_minutes" + end;
    std::vector<std::string> expected;
    for (int line = 3; line < 60; ++line) {
      if (line % 7 == 0) {
        file += end;
      } else if (line % 10 == 0) {
        file += std::string("never,api,maker,,1,1") + end;
        expected.push_back(fmt::format("line {}: 'never' is no date", line));
      } else {
        file += std::string("2024-06-03,api,maker,,1,1") + end;
      }
    }
    EXPECT_EQ(ProblemsOf(FailsOutagesPlatform(), file, 300), expected);
  }
}

TEST(ImportTest, ProblemsOfOurExportNameTheLineOfTheFileToo) {
  std::string file;
  std::vector<std::string> expected;
  for (int line = 1; line < 60; ++line) {
    if (line % 7 == 0) {
      file += "\n";
    } else if (line % 10 == 0) {
      file += "not json\n";
      expected.push_back(fmt::format("line {}: not JSON", line));
    } else {
      file += R"({"id":"m/a"})"
              "\n";
    }
  }
  std::vector<std::string> problems = ProblemsOf(NdjsonPlatform(), file, 200);
  for (std::string& problem : problems) problem.resize(std::min(problem.size(), std::size_t{17}));
  EXPECT_EQ(problems, expected);
}

TEST(ImportTest, APieceTellsInItsAddressWhereItStands) {
  EXPECT_EQ(PieceUrl("import:ndjson/ab", 1, {"", 0}), "import:ndjson/ab/1");
  EXPECT_EQ(PieceUrl("import:ndjson/ab", 3, {"", 2000}), "import:ndjson/ab/3+2000");
  EXPECT_EQ(LinesBefore("import:ndjson/ab/3+2000"), 2000u);
  EXPECT_EQ(LinesBefore("import:ndjson/ab/1"), 0u);
  EXPECT_EQ(LinesBefore("https://s.example.com/a+7/history"), 0u);
  EXPECT_EQ(LinesBefore(""), 0u);
}

TEST(ImportTest, AFormatIsFoundByItsName) {
  for (const char* id : {"fails-incidents", "fails-outages", "ndjson"}) {
    ASSERT_NE(FindImportFormat(id), nullptr) << id;
    EXPECT_EQ(FindImportFormat(id)->id(), id);
  }
  EXPECT_EQ(FindImportFormat("statuspage"), nullptr);
}

}  // namespace
}  // namespace fails::platforms
