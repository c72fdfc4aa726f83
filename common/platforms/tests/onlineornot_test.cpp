// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/onlineornot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

DocumentView View(std::string_view body) {
  return {"home", "https://status.example.com/", "text/html", body, T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view body) {
  return MustParse(OnlineOrNotPlatform(), View(body));
}

// A page with the array as the page escapes it.
std::string Page(std::string_view array) {
  std::string escaped;
  for (const char c : array) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return fmt::format(R"(<script>window.__reactRouterContext = {{}};</script>
    <script>window.__reactRouterContext.streamController.enqueue("{}\n");</script>)",
                     escaped);
}

constexpr char kArray[] =
    R"([{"_1":2},"incidents",[3,16,22],{"_4":5,"_6":7,"_8":9,"_10":11,"_12":13,"_14":15},"incidentId","inc1","title","API down",)"
    R"("started","2026-09-20T10:00:00.000Z","ended","2026-09-20T10:30:00.000Z","impact","MAJOR_OUTAGE","components",[25],)"
    R"({"_4":17,"_6":18,"_8":19,"_10":-5,"_12":20},"inc2","Slow","2026-09-30T10:00:00Z","DEGRADED_PERFORMANCE",)"
    R"({"_26":27,"_28":29,"_30":31},{"_6":23,"_8":24},"No id","2026-09-19T10:00:00Z",{"_26":27,"_28":29},"id","c1","name","API","status","OPERATIONAL"])";

TEST(OnlineOrNotTest, ReadsIncidentsOutOfTheFlatArray) {
  const Parsed parsed = Read(Page(kArray));
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& over = parsed.reports[0];
  EXPECT_EQ(over.native_id, "inc1");
  EXPECT_EQ(over.title, "API down");
  EXPECT_EQ(over.impact, Impact::kCritical);
  EXPECT_EQ(over.status, IncidentStatus::kResolved);
  EXPECT_THAT(*over.components, ElementsAre(ComponentRef{"c1", "API"}));
  const Stages stages = Stages::FromUpdates(over.updates);
  EXPECT_EQ(stages.investigating, T("2026-09-20T10:00:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-20T10:30:00Z"));
  EXPECT_EQ(parsed.reports[1].status, IncidentStatus::kInvestigating);
  EXPECT_EQ(parsed.reports[1].impact, Impact::kMinor);
  EXPECT_THAT(parsed.components,
              ElementsAre(ComponentStatus{{"c1", "API"}, ServiceStatus::kOperational}));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'No id'")));
  EXPECT_FALSE(parsed.listing);
}

TEST(OnlineOrNotTest, SurvivesRenamedFields) {
  const Parsed parsed = Read(Page(
      R"([{"_1":2,"_3":4,"_5":6},"id",7,"name","Errors","started_at","2026-09-20T10:00:00Z"])"));
  ASSERT_THAT(parsed.reports, SizeIs(1));
  EXPECT_EQ(parsed.reports[0].native_id, "7");
}

TEST(OnlineOrNotTest, ReferencesThatLeadNowhereAreAbsent) {
  EXPECT_THAT(
      Read(Page(R"([{"_1":99999999999,"_x":3,"_2":0,"_":1,"_-1":2},"title",["Ref",2],["Ref",3]])"))
          .reports,
      SizeIs(0));
}

TEST(OnlineOrNotTest, Quirk01AnotherPageIsNoAnswer) {
  EXPECT_THAT(Why(OnlineOrNotPlatform().Recognize(View("<html>Moved</html>"))),
              HasSubstr("without __reactRouterContext"));
  EXPECT_THAT(Why(OnlineOrNotPlatform().Recognize(View("<script>__reactRouterContext</script>"))),
              HasSubstr("without data"));
}

TEST(OnlineOrNotTest, AsksForTheHistorySeldom) {
  const auto requests = OnlineOrNotPlatform().FirstRequests("https://s", Purpose::kPoll, {});
  EXPECT_THAT(Asked(requests), ElementsAre("home https://s/", "incidents https://s/incidents"));
  EXPECT_EQ(requests[1].every, absl::Hours(6));
  EXPECT_THAT(Asked(OnlineOrNotPlatform().FirstRequests("https://s", Purpose::kBackfill, {})),
              ElementsAre("incidents https://s/incidents"));
}

}  // namespace
}  // namespace fails::platforms
