// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/incidentio.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBase[] = "https://status.example.com";
constexpr char kWindow[] = "?start_at=2026-09-01T00:00:00Z&end_at=2026-10-01T00:00:00Z";

DocumentView View(std::string_view kind, std::string_view body, std::string_view url = kBase,
                  std::string_view state = {}) {
  return {kind, url, "application/json; charset=utf-8", body, T("2026-09-30T12:00:00Z"), state};
}

Parsed MustParse(const DocumentView& document) {
  return MustParse(IncidentIoPlatform(), document);
}

constexpr char kSummary[] = R"({"summary":{
  "id":"01PAGE","name":"Example","public_url":"https://status.example.com",
  "components":[{"id":"01LOGINWEB","name":"Login","status_page_id":"01PAGE"},
                {"id":"01LOGINAPI","name":"Login","status_page_id":"01PAGE"},
                {"id":"01CHAT","name":"Chat","status_page_id":"01PAGE"}],
  "affected_components":[{"component_id":"01LOGINAPI","status":"full_outage"},
                         {"component_id":"01CHAT","status":"tiny_hiccup"}],
  "ongoing_incidents":[{"id":"01INC","name":"Logins fail","status":"identified",
    "published_at":"2026-09-30T10:00:00.123Z",
    "updates":[
      {"id":"01U1","message":{"type":"doc","content":[
          {"type":"paragraph","content":[{"type":"text","text":"We are "},{"type":"text","text":"looking."}]},
          {"type":"paragraph","content":[{"type":"text","text":"More soon."}]}]},
       "to_status":"investigating","published_at":"2026-09-30T10:00:00Z"},
      {"id":"01U2","message_string":"Found it.","to_status":"identified","published_at":"2026-09-30T10:20:00Z"}],
    "component_impacts":[{"id":"01IMP","component_id":"01LOGINAPI","start_at":"2026-09-30T09:50:00Z",
      "end_at":"$undefined","status":"full_outage"}]}],
  "in_progress_maintenances":null,
  "scheduled_maintenances":[{"id":"01MNT","name":"Upgrade","status":"maintenance_scheduled",
    "published_at":"2026-09-29T00:00:00Z","starts_at":"2026-10-02T01:00:00Z","ends_at":"2026-10-02T02:00:00Z",
    "updates":[{"message_string":"Soon.","to_status":"maintenance_scheduled","published_at":"2026-09-29T00:00:00Z"}]}],
  "structure":{"items":[
    {"group":{"id":"01GROUP","name":"Login","hidden":false,"components":[
       {"component_id":"01LOGINWEB","name":"Login","data_available_since":"2025-02-01T00:00:00Z"},
       {"component_id":"01LOGINAPI","name":"Login","data_available_since":"2024-11-15T00:00:00Z"}]}},
    {"component":{"component_id":"01CHAT","name":"Chat","data_available_since":"$undefined"}}]},
  "data_available_since":"2025-01-01T00:00:00Z"}})";

TEST(IncidentIoTest, ReadsWhatGoesOnNow) {
  const Parsed parsed = MustParse(View("proxy", kSummary, "https://status.example.com/proxy/x"));
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "01INC");
  EXPECT_EQ(report.url, "https://status.example.com/incidents/01INC");
  EXPECT_TRUE(report.url_guessed);
  EXPECT_EQ(report.status, IncidentStatus::kIdentified);
  EXPECT_EQ(report.impact, Impact::kCritical);
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"01LOGINAPI", "Login"}));
  EXPECT_EQ(report.impact_started_at, T("2026-09-30T09:50:00Z"));
  EXPECT_FALSE(report.impact_ended_at) << "one impact is open";
  ASSERT_THAT(*report.component_impacts, SizeIs(1));
  EXPECT_FALSE((*report.component_impacts)[0].to) << "\"$undefined\" is null";
  ASSERT_THAT(report.updates, SizeIs(2));
  EXPECT_EQ(report.updates[0].body, "We are looking.\nMore soon.");
  EXPECT_EQ(report.updates[1].body, "Found it.");
  const Report& maintenance = parsed.reports[1];
  EXPECT_EQ(maintenance.status, IncidentStatus::kScheduled);
  EXPECT_EQ(maintenance.impact, Impact::kMaintenance);
  EXPECT_EQ(maintenance.scheduled_for, T("2026-10-02T01:00:00Z"));
  EXPECT_EQ(maintenance.scheduled_until, T("2026-10-02T02:00:00Z"));
  EXPECT_FALSE(parsed.listing);
}

TEST(IncidentIoTest, Quirk16TwoComponentsOfOneNameAreTwo) {
  const Parsed parsed = MustParse(View("proxy", kSummary));
  const ComponentRef group = {"01GROUP", "Login"};
  EXPECT_THAT(
      parsed.components,
      ElementsAre(ComponentStatus{{"01LOGINWEB", "Login"}, ServiceStatus::kOperational, group},
                  ComponentStatus{{"01LOGINAPI", "Login"}, ServiceStatus::kMajorOutage, group},
                  ComponentStatus{{"01CHAT", "Chat"}, ServiceStatus::kUnknown},
                  ComponentStatus{{"01GROUP", "Login"}, ServiceStatus::kMajorOutage}))
      << "a word that is not known is no recovery; a group is as bad as its worst";
  EXPECT_TRUE(parsed.components_complete);
}

TEST(IncidentIoTest, WithoutTheListOfAffectedNobodyKnows) {
  const Parsed parsed = MustParse(View(
      "proxy", R"({"summary":{"components":[{"id":"c","name":"C"}],"affected_components":null}})"));
  EXPECT_THAT(parsed.components, ElementsAre(ComponentStatus{{"c", "C"}, ServiceStatus::kUnknown}));
}

constexpr char kImpacts[] = R"({"component_impacts":[
  {"id":"1","component_id":"01A","start_at":"2026-09-10T10:00:00Z","end_at":"2026-09-10T11:00:00Z",
   "status":"degraded_performance","status_page_incident_id":"01INC"},
  {"id":"2","component_id":"01B","start_at":"2026-09-10T10:30:00Z","end_at":"2026-09-10T12:00:00Z",
   "status":"partial_outage","status_page_incident_id":"01INC"},
  {"id":"3","component_id":"$undefined","start_at":"2026-09-10T10:30:00Z","end_at":null,
   "status":"partial_outage","status_page_incident_id":"01INC"},
  {"id":"4","component_id":"01A","start_at":"2026-09-20T10:30:00Z","end_at":null,
   "status":"partial_outage","status_page_incident_id":"01LOST"},
  {"id":"5","component_id":"01A","start_at":"2026-09-01T00:10:00Z","end_at":null,
   "status":"partial_outage","status_page_incident_id":"01EDGE"}],
 "component_uptimes":[{"component_id":"$undefined","status_page_component_group_id":"01G",
   "uptime":"$undefined","data_available_since":"2025-01-01T00:00:00Z"}],
 "incident_links":[
  {"id":"01INC","name":"Slow","status":"resolved","published_at":"2026-09-10T10:05:00Z",
   "permalink":"https://status.example.com/incidents/01INC"},
  {"id":"01EDGE","name":"Old","status":"resolved","published_at":"2026-08-31T23:00:00Z","permalink":"x"}]})";

TEST(IncidentIoTest, Quirk12ImpactsTellHowLongItReallyTook) {
  const std::string url =
      std::string(kBase) + "/proxy/status.example.com/component_impacts" + kWindow;
  const Parsed parsed = MustParse(View("component_impacts", kImpacts, url));
  ASSERT_THAT(parsed.reports, SizeIs(1))
      << "the impacts of an incident from before the window may be cut";
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.impact, Impact::kMajor);
  EXPECT_EQ(report.impact_started_at, T("2026-09-10T10:00:00Z"));
  EXPECT_EQ(report.impact_ended_at, T("2026-09-10T12:00:00Z"));
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"01A", ""}, ComponentRef{"01B", ""}));
  EXPECT_THAT(*report.component_impacts, SizeIs(2));
  EXPECT_TRUE(report.updates.empty()) << "nothing is said of stages";
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("incident 01INC: an impact"),
                                           HasSubstr("not linked, e.g. 01LOST")));
}

TEST(IncidentIoTest, ReadsIncidentsOfAWindow) {
  const std::string url = std::string(kBase) + "/proxy/status.example.com/incidents" + kWindow;
  const std::string body = R"({"incidents":[
    {"id":"01N","name":"New","status":"resolved","type":"incident","published_at":"2026-09-20T10:00:00Z",
     "affected_components":[],"status_summaries":[
       {"start_at":"2026-09-20T09:55:00Z","end_at":"2026-09-20T10:10:00Z","worst_component_status":"partial_outage"},
       {"start_at":"2026-09-20T10:10:00Z","end_at":"2026-09-20T10:40:00Z","worst_component_status":"degraded_performance"}],
     "updates":[{"message_string":"Looking","published_at":"2026-09-20T10:00:00Z","to_status":"investigating"},
                {"message_string":"Over","published_at":"2026-09-20T11:00:00Z","to_status":"resolved"}]},
    {"id":"01O","name":"Old","status":"new_word","published_at":"2026-09-05T10:00:00Z",
     "affected_components":[{"component_id":"01A","current_status":"operational","status":"degraded_performance"}],
     "status_summaries":null,"updates":null}]})";
  const Parsed parsed = MustParse(View("proxy_incidents", body, url));
  ASSERT_THAT(parsed.reports, SizeIs(2));
  EXPECT_EQ(parsed.reports[0].impact, Impact::kMajor);
  EXPECT_FALSE(parsed.reports[0].components) << "unlinked when it was resolved: it does not say";
  EXPECT_EQ(parsed.reports[0].impact_ended_at, T("2026-09-20T10:40:00Z"));
  EXPECT_EQ(parsed.reports[1].impact, Impact::kUnknown);
  EXPECT_EQ(parsed.reports[1].status, IncidentStatus::kUnknown);
  EXPECT_THAT(*parsed.reports[1].components, ElementsAre(ComponentRef{"01A", ""}));
  ASSERT_TRUE(parsed.listing) << "a window that reaches to the present is complete";
  EXPECT_EQ(parsed.listing->oldest, T("2026-09-05T10:00:00Z"));
  EXPECT_EQ(parsed.listing->absence, Listing::Absence::kWithdrawn);

  DocumentView past = View("proxy_incidents", body, url);
  past.fetched_at = T("2026-12-01T00:00:00Z");
  EXPECT_FALSE(MustParse(past).listing) << "a window of the past says nothing of the present";
  EXPECT_FALSE(MustParse(View("proxy_incidents", R"({"incidents":[]})", url)).listing);
  EXPECT_FALSE(MustParse(View("proxy_incidents", R"({"incidents":null})", url)).listing);
}

TEST(IncidentIoTest, Quirk05ImportedIncidentIsRepairedFromItsImpacts) {
  const auto read = [](std::string_view summaries) {
    const std::string body = fmt::format(R"({{"incidents":[{{"id":"01P","name":"Imported",
      "status":"resolved","published_at":"2026-09-07T08:00:00Z","status_summaries":{},
      "updates":[{{"published_at":"2026-09-07T08:00:00Z","to_status":"investigating"}},
                 {{"published_at":"2026-08-01T11:30:00Z","to_status":"resolved"}}]}}]}})",
                                         summaries);
    return MustParse(View("proxy_incidents", body)).reports.at(0);
  };
  const Report repaired = read(R"([{"start_at":"2026-08-01T10:00:00Z",
    "end_at":"2026-08-01T11:00:00Z","worst_component_status":"full_outage"}])");
  Stages stages = Stages::FromUpdates(repaired.updates);
  EXPECT_EQ(stages.investigating, T("2026-08-01T10:00:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-08-01T11:00:00Z"));
  EXPECT_TRUE(repaired.backfilled);

  const Report untouched = read("[]");
  stages = Stages::FromUpdates(untouched.updates);
  EXPECT_LT(*stages.TimeToRecover(), absl::ZeroDuration()) << "left as it is, to be flagged";
  EXPECT_FALSE(untouched.backfilled);
}

TEST(IncidentIoTest, Quirk10CompatDoesNotSayComponents) {
  const Parsed parsed =
      MustParse(View("incidents", R"({"page":{"id":"01P","updated_at":"2026-09-30T00:00:00Z"},
    "incidents":[{"id":"01C","name":"N","status":"resolved","impact":"none","components":[],
      "incident_updates":[{"id":"u","status":"resolved","body":null,"created_at":"2026-09-30T10:00:00Z"},
                          {"id":"v","status":"investigating","body":"x","created_at":"soon"}]},
     {"id":"01D","name":"M","status":"investigating","impact":"major","components":[{"id":"a","name":"A"}]}]})",
                     "https://status.example.com/api/v2/incidents.json"));
  ASSERT_THAT(parsed.reports, SizeIs(2));
  EXPECT_FALSE(parsed.reports[0].components);
  EXPECT_EQ(parsed.reports[0].impact, Impact::kUnknown)
      << "derived from components that are not there";
  EXPECT_THAT(parsed.reports[0].updates, SizeIs(1));
  EXPECT_EQ(parsed.reports[1].impact, Impact::kMajor);
  EXPECT_THAT(*parsed.reports[1].components, SizeIs(1));
  EXPECT_FALSE(parsed.listing) << "the newest 25 and no more";
  EXPECT_EQ(parsed.page_updated_at, T("2026-09-30T00:00:00Z"));
  EXPECT_THAT(parsed.problems, SizeIs(1));
}

TEST(IncidentIoTest, ReadsTheOtherCompatDocuments) {
  const Parsed components = MustParse(View("components", R"({"page":{},"components":[
    {"id":"a","name":"A","status":"major_outage"},{"id":"b","name":"B","status":"under_maintenance"}]})"));
  EXPECT_THAT(components.components,
              ElementsAre(ComponentStatus{{"a", "A"}, ServiceStatus::kMajorOutage},
                          ComponentStatus{{"b", "B"}, ServiceStatus::kMaintenance}));
  EXPECT_FALSE(components.components_complete) << "only part of them on large pages";

  const Parsed widget = MustParse(View("widget", R"({"page_title":"X","ongoing_incidents":[
    {"id":"01W","name":"Slow","status":"monitoring","url":"https://status.example.com/incidents/01W",
     "current_worst_impact":"degraded_performance",
     "affected_components":[{"id":"a","name":"A","current_status":"degraded_performance"}]},
    {"name":"no id"}],
    "in_progress_maintenances":[],"scheduled_maintenances":[{"id":"01X","status":"maintenance_scheduled",
      "starts_at":"2026-10-01T00:00:00Z","ends_at":"2026-10-01T01:00:00Z"}]})"));
  ASSERT_THAT(widget.reports, SizeIs(2));
  EXPECT_EQ(widget.reports[0].impact, Impact::kMinor);
  EXPECT_EQ(widget.reports[1].impact, Impact::kMaintenance);
  EXPECT_EQ(widget.reports[1].scheduled_for, T("2026-10-01T00:00:00Z"));
  EXPECT_THAT(widget.components, SizeIs(1));
  EXPECT_THAT(widget.problems, ElementsAre(HasSubstr("'no id'")));
}

TEST(IncidentIoTest, Quirk15AnIncidentOfSeveralDaysKeepsItsWholeSpan) {
  const Parsed parsed = MustParse(View("component_impacts", R"({"component_impacts":[
    {"component_id":"a","start_at":"2026-09-10T22:00:00Z","end_at":"2026-09-13T03:00:00Z",
     "status":"partial_outage","status_page_incident_id":"01D"}],
    "incident_links":[{"id":"01D","name":"Long","status":"resolved","published_at":"2026-09-10T22:05:00Z"}]})"));
  ASSERT_THAT(parsed.reports, SizeIs(1));
  EXPECT_EQ(*parsed.reports[0].impact_ended_at - *parsed.reports[0].impact_started_at,
            absl::Hours(53));
}

TEST(IncidentIoTest, Quirk23TitlesOfAnyScriptSurvive) {
  const Parsed parsed = MustParse(View("proxy_incidents", R"({"incidents":[{"id":"01Z",
    "name":"API 服务异常 / Degraded \ud83d\udd25","published_at":"2026-09-10T22:05:00Z"}]})"));
  EXPECT_EQ(parsed.reports.at(0).title, "API 服务异常 / Degraded 🔥");
}

TEST(IncidentIoTest, ReadsTheScriptsOfThePage) {
  // The data is cut into chunks wherever it happens to be.
  const std::string html =
      R"(<script>self.__next_f.push([1,"x:{\"summary\":{\"components\":[{\"id\":\"01A\",\"name\":\"A\"}],\"affected_components\":[]},\"component_imp"])</script>)"
      R"(<script>self.__next_f.push([1,"acts\":[{\"component_id\":\"01A\",\"start_at\":\"2026-09-10T10:00:00Z\",\"end_at\":\"$undefined\",\"status\":\"partial_outage\",\"status_page_incident_id\":\"01INC\"}],)"
      R"(\"component_uptimes\":[],\"incident_links\":[{\"id\":\"01INC\",\"name\":\"S\",\"status\":\"investigating\",\"published_at\":\"2026-09-10T10:00:00Z\",\"permalink\":\"$undefined\"}]}"])</script>)";
  DocumentView view = View("page", html);
  view.content_type = "text/html";
  EXPECT_TRUE(IncidentIoPlatform().Recognize(view).ok());
  const Parsed parsed = MustParse(view);
  ASSERT_THAT(parsed.reports, SizeIs(1));
  EXPECT_EQ(parsed.reports[0].impact, Impact::kMajor);
  EXPECT_EQ(parsed.reports[0].url, "");
  EXPECT_FALSE(parsed.reports[0].impact_ended_at);
  EXPECT_THAT(parsed.components,
              ElementsAre(ComponentStatus{{"01A", "A"}, ServiceStatus::kOperational}));
}

TEST(IncidentIoTest, Quirk01HtmlAfterAMigrationIsNoAnswer) {
  DocumentView view = View("proxy", "<!doctype html><title>Moved</title>");
  view.content_type = "text/html";
  EXPECT_THAT(Why(IncidentIoPlatform().Recognize(view)), HasSubstr("'text/html' instead of JSON"));
  view.kind = "page";
  EXPECT_THAT(Why(IncidentIoPlatform().Recognize(view)),
              HasSubstr("without the data of an incident.io page"));
}

TEST(IncidentIoTest, AsksForLesserDocumentsOnlyInsteadOfBetterOnes) {
  const auto requests =
      IncidentIoPlatform().FirstRequests(kBase, Purpose::kPoll, T("2026-09-30T12:00:00Z"));
  std::vector<std::string> asked;
  for (const auto& request : requests)
    asked.push_back(request.kind + " " + request.url + " " + request.instead_of);
  const std::string proxy = "https://status.example.com/proxy/status.example.com";
  EXPECT_THAT(
      asked,
      ElementsAre("proxy " + proxy + " ", "proxy_incidents " + proxy + "/incidents" + kWindow + " ",
                  "component_impacts " + proxy + "/component_impacts" + kWindow + " ",
                  "incidents https://status.example.com/api/v2/incidents.json " + proxy +
                      "/incidents" + kWindow,
                  "components https://status.example.com/api/v2/components.json " + proxy,
                  "widget https://status.example.com/api/v1/summary " + proxy,
                  "page https://status.example.com/ " + proxy + "/component_impacts" + kWindow));
}

// Follows one chain of a backfill and tells how many windows it asked for.
int Walk(DocumentRequest request, std::string_view answer) {
  int windows = 0;
  while (windows < 1000) {
    ++windows;
    const auto next = IncidentIoPlatform().FollowUps(
        kBase, Purpose::kBackfill, View(request.kind, answer, request.url, request.state));
    if (next.empty()) break;
    EXPECT_EQ(next.size(), 1u);
    EXPECT_EQ(next[0].kind, request.kind);
    EXPECT_NE(next[0].url, request.url);
    request = next[0];
  }
  return windows;
}

TEST(IncidentIoTest, BackfillWalksBackToTheFirstDay) {
  const absl::Time now = T("2026-09-30T12:00:00Z");
  const auto first = IncidentIoPlatform().FirstRequests(kBase, Purpose::kBackfill, now);
  ASSERT_THAT(first, SizeIs(1));
  auto windows = IncidentIoPlatform().FollowUps(
      kBase, Purpose::kBackfill, View("proxy", kSummary, first[0].url, first[0].state));
  ASSERT_THAT(windows, SizeIs(2));
  EXPECT_THAT(windows[0].url, HasSubstr(kWindow));
  EXPECT_THAT(windows[1].url, HasSubstr(kWindow));
  EXPECT_EQ(Walk(windows[1], R"({"component_impacts":[],"incident_links":[]})"), 12)
      << "a year of nothing is the beginning";
  // 2024-11-15, the earliest of all components, lies 685 days before the end of the first window.
  const std::string busy = [] {
    std::string links;
    for (absl::Time at = T("2020-01-01T00:00:00Z"); at < T("2026-10-01T00:00:00Z");
         at += absl::Hours(24)) {
      links += fmt::format(R"({}{{"published_at":"{}"}})", links.empty() ? "" : ",", ToRfc3339(at));
    }
    return R"({"incidents":[)" + links + "]}";
  }();
  EXPECT_EQ(Walk(windows[0], busy), 23);

  windows = IncidentIoPlatform().FollowUps(kBase, Purpose::kBackfill,
                                           View("proxy", R"({"summary":{}})", first[0].url, "?"));
  ASSERT_THAT(windows, SizeIs(2));
  EXPECT_EQ(Walk(windows[0], R"({"incidents":[{"published_at":"2026-09-03T00:00:00Z"}]})"), 13)
      << "a page that ignores the window repeats itself: that is nothing new";
  EXPECT_THAT(IncidentIoPlatform().FollowUps(kBase, Purpose::kPoll, View("proxy", kSummary)),
              IsEmpty());
}

}  // namespace
}  // namespace fails::platforms
