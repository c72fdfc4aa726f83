// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/platforms/reading/flat_json.h"
#include "common/platforms/reading/json_value.h"
#include "common/platforms/reading/page_data.h"
#include "common/platforms/reading/severity.h"
#include "common/platforms/reading/span.h"
#include "common/platforms/reading/stage_text.h"
#include "common/platforms/reading/url.h"
#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

namespace json = boost::json;

TEST(JsonValueTest, NumbersIdsAndTimesOfAnyHabit) {
  const json::object object = json::parse(R"({"n":7,"t":" 7 ","f":1.5,"x":"1e999","b":true,
    "s":"1790000000","ms":1790000000123,"early":5})")
                                  .as_object();
  EXPECT_EQ(IdAt(object, "n"), "7");
  EXPECT_EQ(IdAt(object, "t"), "7");
  EXPECT_EQ(IdAt(object, "f"), "");
  EXPECT_EQ(NumberAt(object, "f"), 1.5);
  EXPECT_EQ(NumberAt(object, "t"), 7);
  EXPECT_FALSE(NumberAt(object, "x"));
  EXPECT_FALSE(NumberAt(object, "b"));
  EXPECT_EQ(UnixSecondsAt(object, "s"), absl::FromUnixSeconds(1790000000));
  EXPECT_EQ(UnixMillisAt(object, "ms"), absl::FromUnixMillis(1790000000123));
  EXPECT_FALSE(UnixSecondsAt(object, "early"));
}

TEST(JsonValueTest, APrefixEndsWhereTheValueEnds) {
  EXPECT_EQ(json::serialize(*ParseJsonPrefix(R"([{"a":1}],"rest":)")), R"([{"a":1}])");
  EXPECT_FALSE(ParseJsonPrefix("[1,").ok());
  EXPECT_FALSE(ParseJsonPrefix("7").ok());
  EXPECT_FALSE(ParseJsonPrefix("").ok());
  EXPECT_FALSE(ParseJsonPrefix(std::string(1000, '[')).ok());
}

TEST(PageDataTest, ChunksJoinEvenWhenOneIsCut) {
  EXPECT_EQ(
      NextChunks(
          R"(self.__next_f.push([1,"a\n"])self.__next_f.push([1, "b\"c"])self.__next_f.push([1,"\ud8"])self.__next_f.push([1,"d"]))"),
      "a\nb\"cd");
  EXPECT_EQ(NextChunks(R"(self.__next_f.push([1,"a"])self.__next_f.push([1,"no end)"), "a");
  EXPECT_EQ(NextChunks("self.__next_f.push([1,"), "");
}

TEST(PageDataTest, FindsEachValueOfAKey) {
  const auto values =
      ValuesOfKey(R"(x:{"k":[1,"$undefined"]},"k": {"a":{"k":[2]}}, "k":"text","k":[)", "k");
  ASSERT_THAT(values, SizeIs(3));
  EXPECT_EQ(json::serialize(values[0]), "[1,null]");
  EXPECT_EQ(json::serialize(values[2]), "[2]");
  EXPECT_EQ(ScriptById("<script a id='x' b>in</script>", "x"), "in");
  EXPECT_EQ(ScriptById("<script id=\"x\"", "x"), "");
}

TEST(FlatJsonTest, AValueThatHoldsItselfIsFollowedOneStepAtATime) {
  const json::value value = json::parse(
      R"([{"self":0,"list":1,"when":3},[0,0,2],["Ref",2],["Date","2026-09-30T10:00:00Z"]])");
  const FlatJson data(value.as_array(), FlatJson::Keys::kNames);
  const auto objects = data.Objects();
  ASSERT_THAT(objects, SizeIs(1));
  EXPECT_EQ(data.ObjectAt(*objects[0], "self"), objects[0]);
  EXPECT_THAT(data.ObjectsAt(*objects[0], "list"), ElementsAre(objects[0], objects[0]))
      << "a wrapper of itself is nothing";
  EXPECT_EQ(data.TimeAt(*objects[0], "when"), T("2026-09-30T10:00:00Z"));
}

TEST(SeverityTest, WordsOfAllPlatforms) {
  EXPECT_EQ(StateFromWord("degraded_performance"), ServiceStatus::kDegraded);
  EXPECT_EQ(StateFromWord("PARTIALOUTAGE"), ServiceStatus::kPartialOutage);
  EXPECT_EQ(StateFromWord("Full outage"), ServiceStatus::kMajorOutage);
  EXPECT_EQ(StateFromWord("under-maintenance"), ServiceStatus::kMaintenance);
  EXPECT_EQ(StateFromWord("not_monitored"), ServiceStatus::kUnknown);
  EXPECT_EQ(StateFromWord(""), ServiceStatus::kUnknown);
  EXPECT_EQ(ImpactOf(ServiceStatus::kMajorOutage), Impact::kCritical);
  EXPECT_EQ(ImpactOf(ServiceStatus::kUnknown), Impact::kUnknown);
}

TEST(SpanTest, TheStatedEndMovesTheLateNote) {
  Report report;
  report.updates = {{"a", IncidentStatus::kInvestigating, T("2026-01-01T10:00:00Z"), ""},
                    {"b", IncidentStatus::kResolved, T("2026-01-05T10:00:00Z"), "late"}};
  OpenAt(report, T("2026-01-01T09:00:00Z"));
  CloseAt(report, T("2026-01-01T11:00:00Z"));
  ASSERT_THAT(report.updates, SizeIs(2)) << "nothing is added to what has its stages";
  EXPECT_EQ(report.updates[1].at, T("2026-01-01T11:00:00Z"));
  EXPECT_EQ(report.impact_started_at, T("2026-01-01T09:00:00Z"));
  Report bare;
  CloseAt(bare, T("2026-01-01T11:00:00Z"));
  OpenAt(bare, T("2026-01-01T09:00:00Z"));
  EXPECT_EQ(Stages::FromUpdates(bare.updates).TimeToRecover(), absl::Hours(2));
}

TEST(StageTextTest, HearsWhatIsAnnouncedNotWhatIsPromised) {
  EXPECT_EQ(StageInText("We are currently investigating this issue."),
            IncidentStatus::kInvestigating);
  EXPECT_EQ(StageInText("The issue has been identified.\nWe keep you posted until it is resolved."),
            IncidentStatus::kIdentified);
  EXPECT_EQ(StageInText("A fix has been implemented and we are monitoring the results."),
            IncidentStatus::kMonitoring);
  EXPECT_EQ(StageInText("We were investigating. This incident has been resolved."),
            IncidentStatus::kResolved);
  EXPECT_EQ(StageInText("The issue has not been resolved"), IncidentStatus::kUnknown);
  EXPECT_EQ(StageInText("Customers may see 错误"), IncidentStatus::kUnknown);
}

TEST(UrlTest, Parts) {
  EXPECT_EQ(OriginOf("https://a.b/c?d"), "https://a.b");
  EXPECT_EQ(HostOf("http://a.b"), "a.b");
  EXPECT_EQ(OriginOf("ftp://a"), "");
  EXPECT_EQ(QueryParameter("https://a?x=1&start_at=2026%3A01%&y", "start_at"), "2026:01%");
  EXPECT_EQ(QueryParameter("https://a?start=1&x#start_at=2", "start_at"), "");
  EXPECT_EQ(QueryParameter("https://a?x", "x"), "");
}

}  // namespace
}  // namespace fails::platforms
