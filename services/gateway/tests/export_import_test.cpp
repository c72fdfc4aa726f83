// SPDX-License-Identifier: Apache-2.0
// What the NDJSON export writes, the import format of that name reads back: the two must agree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/time.h"
#include "common/domain/incident.h"
#include "common/platforms/ndjson.h"
#include "common/wire/incident_proto.h"
#include "services/gateway/routes/shared/export_formats.h"

namespace fails::gateway {
namespace {

using ::testing::ElementsAre;

absl::Time At(const char* text) {
  return *ParseTime(text);
}

// As much as an incident can say.
Incident Everything() {
  IncidentContent content;
  content.page = PageId("openai");
  content.title = " Login \"broken\"\n– <b>100%</b> \\ of users\t";
  content.url = "https://status.openai.com/incidents/x?a=b&c=d";
  content.impact = Impact::kCritical;
  content.status = IncidentStatus::kResolved;
  content.services = {ServiceId("openai/api"), ServiceId("openai/chatgpt")};
  content.updates = {{"", IncidentStatus::kResolved, At("2024-03-02T01:30:00Z"), "  Over.\n"},
                     {"", IncidentStatus::kUnknown, At("2024-03-02T01:00:00.25Z"), ""},
                     {"", IncidentStatus::kInvestigating, At("2024-03-02T00:00:00Z"), "=1+1"}};
  content.impact_intervals = {
      {ServiceId("openai/api"), At("2024-03-02T00:10:00Z"), At("2024-03-02T00:20:00Z"),
       ServiceStatus::kPartialOutage},
      {ServiceId("openai/chatgpt"), At("2024-03-02T00:10:00Z"), {}, ServiceStatus::kDegraded}};
  content.impact_started_at = At("2024-03-01T23:50:00.5Z");
  content.impact_ended_at = At("2024-03-02T01:00:00Z");
  content.scheduled_for = At("2024-03-01T00:00:00Z");
  content.scheduled_until = At("2024-03-03T00:00:00Z");
  content.withdrawn_at = At("2024-03-06T00:00:00Z");
  content.backfilled = true;
  content.unknown_component = true;
  const absl::Time seen = At("2024-03-02T00:00:30Z");
  return *Incident::Make(ProviderId("openai"), "a/b", std::move(content), 3, seen, seen, seen);
}

Incident LittleOrNothing() {
  IncidentContent content;
  content.page = PageId("openai");
  content.updates = {{"", IncidentStatus::kScheduled, At("2024-03-04T00:00:00Z"), ""}};
  const absl::Time seen = At("2024-03-02T00:00:30Z");
  return *Incident::Make(ProviderId("openai"), "z", std::move(content), 1, seen, seen, seen);
}

void ExpectSame(const Report& report, const Incident& incident) {
  const IncidentContent& content = incident.content();
  EXPECT_EQ(report.provider, incident.provider().str());
  EXPECT_EQ(report.native_id, incident.native_id());
  EXPECT_EQ(report.page, content.page.str());
  EXPECT_EQ(report.title, content.title);
  EXPECT_EQ(report.url, content.url);
  EXPECT_EQ(report.impact, content.impact);
  EXPECT_EQ(report.status, content.status);
  EXPECT_EQ(report.updates, content.updates);
  EXPECT_EQ(report.impact_started_at, content.impact_started_at);
  EXPECT_EQ(report.impact_ended_at, content.impact_ended_at);
  EXPECT_EQ(report.scheduled_for, content.scheduled_for);
  EXPECT_EQ(report.scheduled_until, content.scheduled_until);
  EXPECT_EQ(report.withdrawn_at, content.withdrawn_at);
  EXPECT_EQ(report.backfilled, content.backfilled);
  EXPECT_EQ(report.flags, incident.flags());
  std::vector<std::string> services;
  for (const ServiceId& service : content.services) services.push_back(service.str());
  EXPECT_EQ(report.services, services);
  std::vector<ComponentImpact> impacts;
  for (const ImpactInterval& interval : content.impact_intervals) {
    impacts.push_back({{interval.service.str(), ""}, interval.from, interval.to, interval.level});
  }
  EXPECT_EQ(report.component_impacts, impacts);
}

TEST(ExportThenImport, GivesTheSameIncidents) {
  const std::vector<Incident> incidents = {Everything(), LittleOrNothing()};
  v1::ExportIncidentsResponse portion;
  for (const Incident& incident : incidents) {
    *portion.add_incidents() = wire::ToProto(incident, /*with_updates=*/true);
  }
  const std::string file = NdjsonOf(portion);
  EXPECT_EQ(std::ranges::count(file, '\n'), 2);
  const auto parsed = platforms::NdjsonPlatform().Parse({.body = file});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->problems, ElementsAre());
  ASSERT_EQ(parsed->reports.size(), incidents.size());
  for (std::size_t i = 0; i < incidents.size(); ++i) ExpectSame(parsed->reports[i], incidents[i]);
}

TEST(ExportThenImport, GivesTheSameCalendarDays) {
  v1::ExportOutageDaysResponse portion;
  v1::OutageDay* day = portion.add_outage_days();
  day->set_service("openai/api");
  day->set_provider("openai");
  day->set_date("2024-02-29");
  day->set_partial_seconds(60);
  day->set_major_seconds(86'400);
  day->set_page("openai");
  const std::string file = NdjsonOf(portion);
  const auto parsed = platforms::NdjsonPlatform().Parse({.body = file});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->problems, ElementsAre());
  ASSERT_EQ(parsed->outage_days.size(), 1u);
  EXPECT_EQ(parsed->outage_days[0].provider, "openai");
  EXPECT_EQ(parsed->outage_days[0].day, (OutageDay{absl::CivilDay(2024, 2, 29), 60, 86'400}));
}

}  // namespace
}  // namespace fails::gateway
