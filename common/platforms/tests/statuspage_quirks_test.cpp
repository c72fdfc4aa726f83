// SPDX-License-Identifier: Apache-2.0
// What status pages really did, by its number in the list of quirks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/base/time.h"
#include "common/domain/incident.h"
#include "common/platforms/statuspage.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

absl::Time T(const char* text) {
  return *ParseTime(text);
}

std::string Update(const char* status, const char* at, const char* affected = "null") {
  return fmt::format(
      R"({{"id":"{}{}","status":"{}","body":"b","display_at":"{}","affected_components":{}}})",
      status, at, status, at, affected);
}

Report Read(const std::string& fields, std::initializer_list<std::string> updates) {
  const std::string body = fmt::format(R"({{"id":"q1","name":"N",{},"incident_updates":[{}]}})",
                                       fields, fmt::join(updates, ","));
  const auto parsed = StatuspagePlatform().Parse(
      {"incident", "https://s.example.com/incidents/q1.json", "application/json", body, {}});
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() && !parsed->reports.empty() ? parsed->reports[0] : Report{};
}

Incident Made(const Report& report) {
  IncidentContent content;
  content.updates = report.updates;
  content.status = report.status;
  return *Incident::Make(ProviderId("p"), report.native_id, content, 1, {}, {}, {});
}

TEST(QuirkTest, Quirk01HtmlWithOkIsAnErrorOfTheSource) {
  const DocumentView document{"incidents",
                              "https://s.example.com/api/v2/incidents.json",
                              "text/html",
                              "<!DOCTYPE html><html><body>Moved</body></html>",
                              {}};
  const absl::Status status = StatuspagePlatform().Recognize(document);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("HTML instead of JSON"));
  DocumentView lying = document;
  lying.content_type = "application/json";
  EXPECT_EQ(StatuspagePlatform().Recognize(lying).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(QuirkTest, Quirk02AFrozenMirrorShowsWhenItChangedLast) {
  const auto parsed = StatuspagePlatform().Parse(
      {"summary",
       "https://s.example.com/api/v2/summary.json",
       "application/json",
       R"({"page":{"updated_at":"2026-05-08T00:00:00Z"},"components":[]})",
       {}});
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->page_updated_at, T("2026-05-08T00:00:00Z"));
}

TEST(QuirkTest, Quirk03ADeletedPageNamesItself) {
  for (const char* kind : {"incidents", "history", "uptime", "incident"}) {
    const absl::Status status = StatuspagePlatform().Recognize(
        {kind,
         "https://s.example.com/x",
         "text/html",
         "<html><h1>This page has been deleted</h1> Statuspage</html>",
         {}});
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << kind;
    EXPECT_THAT(std::string(status.message()), HasSubstr("page deleted")) << kind;
  }
}

TEST(QuirkTest, Quirk04ResolvedWhenCreatedIsKeptAndFlagged) {
  const Report report = Read(R"("status":"resolved","impact":"minor")",
                             {Update("resolved", "2026-03-02T09:30:00Z"),
                              Update("investigating", "2026-03-02T09:30:00Z")});
  EXPECT_THAT(Made(report).flags(), testing::Contains(flag::kZeroLength));
}

TEST(QuirkTest, Quirk06OnlyResolvedStartsAtItsDisplayTime) {
  const Report report =
      Read(R"("status":"resolved","impact":"none","created_at":"2026-03-02T10:00:00Z")",
           {Update("resolved", "2026-03-02T09:30:00Z")});
  const Incident incident = Made(report);
  EXPECT_EQ(incident.started_at(), T("2026-03-02T09:30:00Z"));
  EXPECT_THAT(incident.flags(), testing::Contains(flag::kNoPreResolutionStage));
}

TEST(QuirkTest, Quirk07StagesOutOfOrderAreKeptSortedAndFlagged) {
  const Report report = Read(
      R"("status":"resolved","impact":"minor")",
      {Update("investigating", "2026-03-02T10:30:00Z"), Update("resolved", "2026-03-02T11:00:00Z"),
       Update("identified", "2026-03-02T09:30:00Z")});
  const Incident incident = Made(report);
  EXPECT_EQ(incident.started_at(), T("2026-03-02T09:30:00Z"));
  EXPECT_EQ(incident.content().updates.front().status, IncidentStatus::kResolved);
  EXPECT_THAT(incident.flags(), testing::Contains(flag::kInconsistent));
}

TEST(QuirkTest, Quirk08NoComponentsIsAnEmptyListAndNotAGuess) {
  EXPECT_THAT(*Read(R"("status":"resolved","components":[])", {}).components, IsEmpty());
  EXPECT_FALSE(Read(R"("status":"resolved")", {}).components);
}

TEST(QuirkTest, Quirk09ImpactNoneWithAPostmortemStaysNone) {
  const Report report = Read(
      R"("status":"postmortem","impact":"none")",
      {Update("postmortem", "2026-03-03T09:30:00Z"), Update("resolved", "2026-03-02T09:30:00Z")});
  EXPECT_EQ(report.impact, Impact::kNone);
  EXPECT_EQ(report.status, IncidentStatus::kPostmortem);
  EXPECT_EQ(Made(report).resolved_at(), T("2026-03-02T09:30:00Z"));
}

constexpr char kDown[] =
    R"([{"code":"c1","name":"IDE","old_status":"operational","new_status":"partial_outage"}])";
constexpr char kWorse[] =
    R"([{"code":"c2","name":"CLI","old_status":"operational","new_status":"degraded_performance"},
    {"code":"c1","name":"IDE","old_status":"partial_outage","new_status":"major_outage"}])";
constexpr char kOneBack[] =
    R"([{"code":"c1","name":"IDE","old_status":"major_outage","new_status":"operational"}])";
constexpr char kNobody[] = R"([{"name":"No components were affected by this update."}])";

TEST(QuirkTest, Quirk10AbsentFromAnUpdateIsNotRecovered) {
  const Report report = Read(R"("status":"monitoring","impact":"major")",
                             {Update("monitoring", "2026-03-02T12:00:00Z"),
                              Update("monitoring", "2026-03-02T11:00:00Z", kOneBack),
                              Update("identified", "2026-03-02T10:30:00Z", kNobody),
                              Update("identified", "2026-03-02T10:00:00Z", kWorse),
                              Update("investigating", "2026-03-02T09:00:00Z", kDown)});
  ASSERT_TRUE(report.component_impacts);
  EXPECT_THAT(*report.component_impacts, ElementsAre(ComponentImpact{{"c1", "IDE"},
                                                                     T("2026-03-02T09:00:00Z"),
                                                                     T("2026-03-02T11:00:00Z"),
                                                                     ServiceStatus::kMajorOutage},
                                                     ComponentImpact{{"c2", "CLI"},
                                                                     T("2026-03-02T10:00:00Z"),
                                                                     std::nullopt,
                                                                     ServiceStatus::kDegraded}));
}

TEST(QuirkTest, Quirk10NoImpactOutlivesItsIncident) {
  const Report report = Read(R"("status":"resolved","impact":"major")",
                             {Update("resolved", "2026-03-02T12:00:00Z"),
                              Update("investigating", "2026-03-02T09:00:00Z", kDown)});
  ASSERT_TRUE(report.component_impacts);
  EXPECT_EQ(report.component_impacts->at(0).to, T("2026-03-02T12:00:00Z"));
  EXPECT_FALSE(Read(R"("status":"resolved")", {Update("resolved", "2026-03-02T12:00:00Z", kNobody),
                                               Update("investigating", "2026-03-02T09:00:00Z")})
                   .component_impacts)
      << "nothing said of any component";
}

TEST(QuirkTest, Quirk10UpdatesOfOneMinuteStandNewestFirst) {
  const Report report = Read(R"("status":"monitoring","impact":"major")",
                             {Update("monitoring", "2026-03-02T09:00:00Z", kOneBack),
                              Update("investigating", "2026-03-02T09:00:00Z", kDown)});
  ASSERT_EQ(report.component_impacts->size(), 1u);
  EXPECT_EQ(report.component_impacts->at(0).to, T("2026-03-02T09:00:00Z"));
}

TEST(QuirkTest, Quirk15AnIncidentOfManyDaysKeepsBothEnds) {
  const Report report = Read(R"("status":"resolved","impact":"major")",
                             {Update("resolved", "2026-01-02T03:00:00-08:00"),
                              Update("investigating", "2025-12-30T23:00:00-08:00")});
  EXPECT_EQ(*Made(report).duration(), absl::Hours(52));
}

TEST(QuirkTest, Quirk16TwoComponentsOfOneNameStayTwo) {
  const Report report = Read(
      R"("status":"resolved","components":[{"id":"a","name":"Login"},{"id":"b","name":"Login"}])",
      {Update("resolved", "2026-03-02T12:00:00Z",
              R"([{"code":"a","name":"Login","new_status":"operational"}])"),
       Update(
           "investigating", "2026-03-02T09:00:00Z",
           R"([{"code":"a","name":"Login","new_status":"partial_outage"},{"code":"b","name":"Login","new_status":"major_outage"}])")});
  EXPECT_THAT(*report.components,
              ElementsAre(ComponentRef{"a", "Login"}, ComponentRef{"b", "Login"}));
  ASSERT_EQ(report.component_impacts->size(), 2u);
  EXPECT_EQ(report.component_impacts->at(1).level, ServiceStatus::kMajorOutage);
}

TEST(QuirkTest, Quirk20BackfilledIsSaid) {
  EXPECT_TRUE(Read(R"("status":"resolved","backfilled":true)", {}).backfilled);
  EXPECT_FALSE(Read(R"("status":"resolved","backfilled":null)", {}).backfilled);
}

TEST(QuirkTest, Quirk23TitlesInAnyScript) {
  const auto parsed = StatuspagePlatform().Parse(
      {"incident",
       "https://s.example.com/incidents/q1.json",
       "application/json",
       R"({"id":"q1","name":"Agentic 模型错误报警","incident_updates":[]})",
       {}});
  EXPECT_EQ(parsed->reports.at(0).title, "Agentic 模型错误报警");
}

TEST(QuirkTest, AMaintenanceRunsThroughItsOwnWords) {
  const Report report = Read(
      R"("status":"completed","impact":"maintenance","scheduled_for":"2026-04-01T02:00:00Z","scheduled_until":"2026-04-01T04:00:00Z")",
      {Update("completed", "2026-04-01T04:00:00Z",
              R"([{"code":"c1","name":"IDE","new_status":"operational"}])"),
       Update("verifying", "2026-04-01T03:30:00Z"),
       Update("in_progress", "2026-04-01T02:00:00Z",
              R"([{"code":"c1","name":"IDE","new_status":"under_maintenance"}])"),
       Update("scheduled", "2026-03-20T00:00:00Z",
              R"([{"code":"c1","name":"IDE","new_status":"operational"}])")});
  EXPECT_EQ(report.status, IncidentStatus::kCompleted);
  EXPECT_EQ(report.updates[1].status, IncidentStatus::kInProgress);
  EXPECT_THAT(*report.component_impacts, ElementsAre(ComponentImpact{{"c1", "IDE"},
                                                                     T("2026-04-01T02:00:00Z"),
                                                                     T("2026-04-01T04:00:00Z"),
                                                                     ServiceStatus::kMaintenance}));
}

}  // namespace
}  // namespace fails::platforms
