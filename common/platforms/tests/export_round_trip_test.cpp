// SPDX-License-Identifier: Apache-2.0
// What we export is what we import: an incident as REST shows it, read again.
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include "common/base/time.h"
#include "common/platforms/ndjson.h"
#include "common/wire/incident_proto.h"
#include "common/wire/json.h"

namespace fails::platforms {
namespace {

absl::Time T(const char* text) {
  return *ParseTime(text);
}

IncidentContent Content() {
  IncidentContent content;
  content.page = PageId("maker-page");
  content.title = "Errors \"of\" 模型\n ";
  content.url = "https://s.example.com/incidents/i1";
  content.impact = Impact::kCritical;
  content.status = IncidentStatus::kPostmortem;
  content.services = {ServiceId("maker/api"), ServiceId("maker/web")};
  content.updates = {
      {"", IncidentStatus::kPostmortem, T("2024-03-01T00:00:00Z"), "Learnt\r\n- much"},
      {"", IncidentStatus::kResolved, T("2024-02-26T18:21:00.5Z"), ""},
      {"", IncidentStatus::kUnknown, T("2024-02-26T18:00:00Z"), "  still  "},
      {"", IncidentStatus::kInvestigating, T("2024-02-26T17:09:00Z"), "<b>We look</b>"}};
  content.impact_started_at = T("2024-02-26T17:00:00Z");
  content.impact_ended_at = T("2024-02-26T18:00:00Z");
  content.scheduled_for = T("2024-02-26T16:00:00Z");
  content.scheduled_until = T("2024-02-26T19:00:00Z");
  content.withdrawn_at = T("2024-03-02T00:00:00Z");
  content.backfilled = true;
  content.unknown_component = true;
  return content;
}

IncidentContent Imported(const Report& report) {
  IncidentContent content;
  content.page = PageId(report.page);
  content.title = report.title;
  content.url = report.url;
  content.impact = report.impact;
  content.status = report.status;
  for (const std::string& service : report.services.value_or(std::vector<std::string>{})) {
    content.services.emplace_back(service);
  }
  content.updates = report.updates;
  content.impact_started_at = report.impact_started_at;
  content.impact_ended_at = report.impact_ended_at;
  content.scheduled_for = report.scheduled_for;
  content.scheduled_until = report.scheduled_until;
  content.withdrawn_at = report.withdrawn_at;
  content.backfilled = report.backfilled;
  for (const std::string& flag : report.flags) {
    if (flag == flag::kUnknownComponent) content.unknown_component = true;
  }
  return content;
}

TEST(ExportRoundTripTest, AnIncidentComesBackAsItWas) {
  for (IncidentContent content : {Content(), IncidentContent{.page = PageId("p")}}) {
    const auto incident =
        Incident::Make(ProviderId("maker"), "i/1", content, 3, T("2024-02-26T17:10:00Z"),
                       T("2024-03-02T00:00:00Z"), T("2024-03-02T00:00:00Z"));
    ASSERT_TRUE(incident.ok()) << incident.status();
    const std::string line =
        boost::json::serialize(wire::ToJson(wire::ToProto(*incident, /*with_updates=*/true))) +
        "\n";
    const auto parsed =
        NdjsonPlatform().Parse({"file", "import:x", "application/x-ndjson", line, {}});
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_TRUE(parsed->problems.empty());
    ASSERT_EQ(parsed->reports.size(), 1u);
    const Report& report = parsed->reports[0];
    EXPECT_EQ(report.provider, "maker");
    EXPECT_EQ(report.native_id, "i/1");
    EXPECT_TRUE(Imported(report) == incident->content()) << line;
  }
}

}  // namespace
}  // namespace fails::platforms
