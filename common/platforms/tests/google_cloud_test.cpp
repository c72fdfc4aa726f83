// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/google_cloud.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

DocumentView View(std::string_view body) {
  return {"incidents", "https://status.cloud.example.com/incidents.json", "application/json", body,
          T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view body) {
  return MustParse(GoogleCloudPlatform(), View(body));
}

constexpr char kIncidents[] = R"([
 {"id":"AAAAAAAAAAAAAAAAAAAA","number":"1234","begin":"2026-09-30T10:00:00+00:00","created":"2026-09-30T10:20:00+00:00",
  "end":null,"external_desc":"Elevated errors","status_impact":"SERVICE_OUTAGE","severity":"medium",
  "service_key":"zall","service_name":"Multiple Products",
  "affected_products":[{"title":"Vertex Gemini API","id":"Z0FZ"},{"title":"Cloud Run","id":"RUN1"}],
  "uri":"incidents/AAAAAAAAAAAAAAAAAAAA",
  "updates":[
   {"created":"2026-09-30T10:50:00+00:00","when":"2026-09-30T10:45:00+00:00","text":"**Summary:** errors\nThe root cause has been identified. We will update when this is resolved.","status":"SERVICE_OUTAGE"},
   {"when":"2026-09-30T10:20:00+00:00","text":"Our engineers are investigating the issue.","status":"SERVICE_DISRUPTION"}]},
 {"id":"BBBBBBBBBBBBBBBBBBBB","begin":"2026-09-01T10:00:00+00:00","end":"2026-09-01T11:00:00+00:00",
  "external_desc":"Slow","status_impact":"SOMETHING_NEW","severity":"low","service_key":"key1","service_name":"Cloud Run",
  "affected_products":null,"uri":"incidents/BBBBBBBBBBBBBBBBBBBB",
  "updates":[
   {"when":"2026-09-03T09:00:00+00:00","text":"Mini report","status":"AVAILABLE"},
   {"when":"2026-09-01T10:30:00+00:00","text":"We see errors in three regions.","status":"SERVICE_DISRUPTION"}]}])";

TEST(GoogleCloudTest, ReadsAnIncidentThatGoesOn) {
  const Parsed parsed = Read(kIncidents);
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.impact, Impact::kCritical);
  EXPECT_EQ(report.url, "https://status.cloud.example.com/incidents/AAAAAAAAAAAAAAAAAAAA");
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"Z0FZ", "Vertex Gemini API"},
                                              ComponentRef{"RUN1", "Cloud Run"}));
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.investigating, T("2026-09-30T10:20:00Z"));
  EXPECT_EQ(stages.identified, T("2026-09-30T10:45:00Z"));
  EXPECT_FALSE(stages.resolved) << "to be resolved is not resolved";
  EXPECT_EQ(report.status, IncidentStatus::kIdentified);
  EXPECT_EQ(report.impact_started_at, T("2026-09-30T10:00:00Z"));
  EXPECT_THAT(
      parsed.components,
      ElementsAre(ComponentStatus{{"Z0FZ", "Vertex Gemini API"}, ServiceStatus::kMajorOutage},
                  ComponentStatus{{"RUN1", "Cloud Run"}, ServiceStatus::kMajorOutage},
                  ComponentStatus{{"key1", "Cloud Run"}, ServiceStatus::kOperational}))
      << "a product of which only ends are told does well";
  EXPECT_TRUE(parsed.of_many_products);
}

TEST(GoogleCloudTest, WhatTheTextDoesNotSayStaysUnknown) {
  const Report report = Read(kIncidents).reports.at(1);
  EXPECT_EQ(report.impact, Impact::kMinor) << "severity decides where the impact is a new word";
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"key1", "Cloud Run"}));
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_FALSE(stages.HasPreResolutionStage());
  EXPECT_EQ(stages.resolved, T("2026-09-01T11:00:00Z")) << "end, not the report of two days later";
  EXPECT_EQ(report.impact_ended_at, T("2026-09-01T11:00:00Z"));
  EXPECT_EQ(report.status, IncidentStatus::kResolved);
}

TEST(GoogleCloudTest, Quirk11AListThatIsCompleteTellsWhatWasTakenBack) {
  const Parsed parsed = Read(kIncidents);
  ASSERT_TRUE(parsed.listing);
  EXPECT_EQ(parsed.listing->oldest, T("2026-09-01T10:00:00Z"));
  EXPECT_FALSE(Read(R"([{"id":"A","service_key":"k","begin":"2026-01-01T00:00:00Z"},
                        {"id":"B","service_key":"k","begin":"2026-02-01T00:00:00Z"}])")
                   .listing)
      << "not in order: who knows what was left out";
  const Parsed bad = Read(
      R"([{"id":"A","service_key":"k","begin":"2026-01-01T00:00:00Z"}, 7, {"service_key":"k"}])");
  EXPECT_FALSE(bad.listing);
  EXPECT_THAT(bad.problems, ElementsAre(HasSubstr("no object"), HasSubstr("without id")));
}

TEST(GoogleCloudTest, AnEmptyListIsNoRecovery) {
  EXPECT_THAT(Why(GoogleCloudPlatform().Recognize(View("[]"))), HasSubstr("'service_key'"));
  EXPECT_EQ(GoogleCloudPlatform().Parse(View("[]")).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace fails::platforms
