// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/aws_health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/platforms/reading/utf16.h"
#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// ASCII as AWS sends it.
std::string Utf16(std::string_view ascii, bool big = true) {
  std::string bytes = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) {
    bytes += big ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return bytes;
}

DocumentView View(std::string_view kind, std::string_view body) {
  return {kind, "https://health.aws.example.com/public/x", "application/json;charset=utf-16", body,
          T("2026-09-30T12:00:00Z")};
}

Parsed Read(std::string_view kind, const std::string& body) {
  return MustParse(AwsHealthPlatform(), View(kind, body));
}

TEST(Utf16Test, DecodesBothWaysRoundAndRepairs) {
  EXPECT_EQ(FromUtf16(std::string("\xFE\xFF\x00"
                                  "A\x00\xE9\x26\x3A\xD8\x3D\xDE\x00",
                                  12)),
            "Aé☺😀");
  EXPECT_EQ(FromUtf16(std::string("\xFF\xFE"
                                  "A\x00",
                                  4)),
            "A");
  EXPECT_EQ(FromUtf16(std::string("\xFE\xFF\xD8\x3D\x00"
                                  "A\x00",
                                  7)),
            "\xEF\xBF\xBD"
            "A\xEF\xBF\xBD");
  EXPECT_EQ(FromUtf16("\xFE\xFF"), "");
  EXPECT_FALSE(FromUtf16("A"));
}

constexpr char kCurrent[] =
    R"~([{"date":"1790000000","arn":"arn:aws:health:us-east-1::event/BEDROCK/AWS_BEDROCK_OPERATIONAL_ISSUE/X_1",
  "region_name":"N. Virginia","status":"2","service":"bedrock-us-east-1","service_name":"Amazon Bedrock (N. Virginia)",
  "summary":"Service degradation: Increased error rates",
  "event_log":[
    {"summary":"Service degradation: Increased error rates","message":"<div>We are investigating &amp; looking.</div>","status":2,"timestamp":1790000100},
    {"summary":"Service degradation: Increased error rates","message":"We have identified the root cause.","status":2,"timestamp":1790000400},
    {"summary":"x","message":"y","status":2,"timestamp":"soon"}],
  "impacted_services":{
  "lambda-us-east-1" : {"service_name" : "AWS Lambda"}, "bedrock-us-east-1" : {}
}
},
  {"status":"1","arn":"arn:no-service"}])~";

TEST(AwsHealthTest, ReadsWhatGoesOn) {
  for (const bool big : {true, false}) {
    const Parsed parsed = Read("currentevents", Utf16(kCurrent, big));
    ASSERT_THAT(parsed.reports, SizeIs(1));
    const Report& report = parsed.reports[0];
    EXPECT_EQ(report.native_id, "bedrock-us-east-1_1790000000");
    EXPECT_EQ(report.title, "Increased error rates");
    EXPECT_EQ(report.impact, Impact::kMajor);
    EXPECT_EQ(report.status, IncidentStatus::kIdentified);
    EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"bedrock-us-east-1", "Amazon Bedrock"},
                                                ComponentRef{"lambda-us-east-1", "AWS Lambda"}));
    EXPECT_EQ(report.updates[0].body, "We are investigating & looking.");
    const Stages stages = Stages::FromUpdates(report.updates);
    EXPECT_EQ(stages.investigating, absl::FromUnixSeconds(1790000100));
    EXPECT_EQ(stages.identified, absl::FromUnixSeconds(1790000400));
    EXPECT_EQ(report.impact_started_at, absl::FromUnixSeconds(1790000000));
    EXPECT_THAT(parsed.components,
                ElementsAre(ComponentStatus{{"bedrock-us-east-1", "Amazon Bedrock"},
                                            ServiceStatus::kPartialOutage}));
    EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("entry without a readable time"),
                                             HasSubstr("'arn:no-service'")));
    EXPECT_TRUE(parsed.of_many_products);
  }
}

TEST(AwsHealthTest, PastEventsHaveTheSameIds) {
  const Parsed parsed = Read("events", Utf16(R"([
    {"service":"BEDROCK","region":"us-east-1","typeCode":"AWS_BEDROCK_OPERATIONAL_ISSUE",
     "startTime":1790000000000,"endTime":1790003600000,
     "metadata":{"EVENT_LOG":"[{\"summary\":\"Increased error rates\",\"message\":\"We are investigating.\",\"status\":1,\"timestamp\":1790000060},{\"summary\":\"[RESOLVED] Increased error rates\",\"message\":\"Over.\",\"status\":0,\"timestamp\":1790090000}]"}},
    {"service":"EC2","region":"global","startTime":1790000000000,"endTime":null,"metadata":{"EVENT_LOG":"not json"}},
    {"service":"S3"}])"));
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "bedrock-us-east-1_1790000000");
  EXPECT_EQ(report.title, "Increased error rates");
  EXPECT_EQ(report.impact, Impact::kMinor);
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.resolved, absl::FromUnixSeconds(1790003600)) << "endTime, not the late note";
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"bedrock-us-east-1", "bedrock"}));
  EXPECT_EQ(parsed.reports[1].native_id, "ec2_1790000000");
  EXPECT_THAT(*parsed.reports[1].components, ElementsAre(ComponentRef{"ec2", "ec2"}));
  EXPECT_EQ(parsed.reports[1].status, IncidentStatus::kInvestigating);
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("EVENT_LOG is not JSON"),
                                           HasSubstr("without service or startTime")));
}

TEST(AwsHealthTest, Quirk22AnAdvisoryIsNoOutage) {
  const auto impact = [](std::string_view message) {
    const std::string body =
        fmt::format(R"([{{"date":"1790000000","service":"bedrock-us-east-1","status":"1",
      "summary":"Model access","event_log":[{{"summary":"Informational message: Model access","message":"{}",
      "status":1,"timestamp":1790000100}}]}}])",
                    message);
    return Read("currentevents", Utf16(body)).reports.at(0).impact;
  };
  EXPECT_EQ(impact("Following an export control directive we revoke access to a model."),
            Impact::kNone);
  EXPECT_EQ(impact("A compliance change causes elevated error rates."), Impact::kMinor);
}

TEST(AwsHealthTest, AnEmptyListIsAwsOnlyWithItsMark) {
  EXPECT_THAT(Read("currentevents", Utf16("[]")).reports, IsEmpty());
  EXPECT_FALSE(Read("currentevents", Utf16("[]")).listing) << "no recovery";
  EXPECT_EQ(AwsHealthPlatform().Recognize(View("currentevents", "[]")).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(AwsHealthPlatform().Recognize(View("currentevents", Utf16("{}"))).code(),
            absl::StatusCode::kFailedPrecondition);
}

constexpr char kFeed[] =
    R"(<rss version="2.0"><channel><title>Amazon Bedrock (N. Virginia) Service Status</title>
  <link>https://status.aws.example.com/</link>
  <item><title>Service is operating normally: [RESOLVED] Increased error rates</title><pubDate>Mon, 21 Sep 2026 18:06:00 PDT</pubDate>
    <guid isPermaLink="false">https://status.aws.example.com/#bedrock-us-east-1_1790039160</guid><description>Over since 6:06 PM PDT.</description></item>
  <item><title>Service degradation: Increased error rates</title><pubDate>Mon, 21 Sep 2026 17:06:00 PDT</pubDate>
    <guid isPermaLink="false">https://status.aws.example.com/#bedrock-us-east-1_1790035560</guid><description>We are investigating.</description></item>
  <item><title>Informational message: Increased error rates</title><pubDate>Mon, 14 Sep 2026 17:06:00 PDT</pubDate>
    <guid isPermaLink="false">https://status.aws.example.com/#bedrock-us-east-1_1789430760</guid><description>[x] Hm.</description></item>
  <item><title>Service is operating normally: [RESOLVED] Increased error rates</title><pubDate>Tue, 15 Sep 2026 17:06:00 PDT</pubDate>
    <guid isPermaLink="false">https://status.aws.example.com/#bedrock-us-east-1_1789517160</guid><description>Over.</description></item>
  <item><title>Nobody knows</title><guid>none</guid></item>
</channel></rss>)";

TEST(AwsHealthTest, JoinsUpdatesOfTheFeedUntilTheyAreOver) {
  DocumentView view = View("rss", kFeed);
  view.content_type = "application/rss+xml";
  const Parsed parsed = MustParse(AwsHealthPlatform(), view);
  ASSERT_THAT(parsed.reports, SizeIs(2)) << "one title, two events";
  EXPECT_EQ(parsed.reports[0].impact, Impact::kMinor);
  const Report& report = parsed.reports[1];
  EXPECT_EQ(report.native_id, "bedrock-us-east-1_1790035560");
  EXPECT_THAT(*report.components, ElementsAre(ComponentRef{"bedrock-us-east-1", "bedrock"}));
  EXPECT_EQ(report.title, "Increased error rates");
  EXPECT_EQ(report.impact, Impact::kMajor);
  EXPECT_EQ(report.status, IncidentStatus::kResolved);
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.investigating, T("2026-09-22T00:06:00Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-22T01:06:00Z"));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'Nobody knows'")));
}

TEST(AwsHealthTest, Quirk17TheLabelOfTheZoneDecidesAcrossTheClockChange) {
  const auto start = [](std::string_view date) {
    const std::string body = fmt::format(R"(<rss version="2.0"><channel><title>x</title><item>
      <title>Service disruption: X</title><pubDate>{}</pubDate><guid>https://s/#s3-us-west-2_1</guid></item></channel></rss>)",
                                         date);
    DocumentView view = View("rss", body);
    view.content_type = "text/xml";
    return MustParse(AwsHealthPlatform(), view).reports.at(0).updates.at(0).at;
  };
  EXPECT_EQ(start("Sun, 01 Nov 2026 01:30:00 PDT"), T("2026-11-01T08:30:00Z"));
  EXPECT_EQ(start("Sun, 01 Nov 2026 01:30:00 PST"), T("2026-11-01T09:30:00Z"));
}

TEST(AwsHealthTest, APageOfOneFeed) {
  EXPECT_THAT(Asked(AwsHealthPlatform().FirstRequests("https://h", Purpose::kPoll, {})),
              ElementsAre("currentevents https://h/public/currentevents",
                          "events https://h/public/events"));
  EXPECT_THAT(Asked(AwsHealthPlatform().FirstRequests("https://h", Purpose::kBackfill, {})),
              ElementsAre("events https://h/public/events"));
  EXPECT_THAT(Asked(AwsHealthPlatform().FirstRequests("https://h/rss/x.rss", Purpose::kPoll, {})),
              ElementsAre("rss https://h/rss/x.rss"));
}

}  // namespace
}  // namespace fails::platforms
