// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/time.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::Time T(const char* text) {
  return *ParseTime(text);
}

Parsed Read(const std::string& items) {
  const std::string body =
      "<rss version=\"2.0\"><channel><title>X</title><link>https://s.example.com</link>" + items +
      "</channel></rss>";
  const DocumentView document{
      "feed", "https://s.example.com/feed.rss", "application/rss+xml", body, {}};
  EXPECT_TRUE(FeedPlatform().Recognize(document).ok());
  const auto parsed = FeedPlatform().Parse(document);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? *parsed : Parsed{};
}

TEST(FeedTest, ItemsOfOneGuidAreOneIncidentThatEndsWithTheResolvingItem) {
  const Parsed parsed = Read(
      "<item><title>API recovered</title><link>https://s.example.com</link><guid>abc123#2</guid>"
      "<pubDate>Thu, 23 Jul 2026 17:00:00 +0000</pubDate><description>Back.</description></item>"
      "<item><title>API went down</title><link>https://s.example.com</link><guid>abc123#1</guid>"
      "<pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate><description/></item>");
  ASSERT_THAT(parsed.reports, SizeIs(1));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "abc123");
  EXPECT_EQ(report.title, "API went down");
  EXPECT_EQ(report.status, IncidentStatus::kResolved);
  EXPECT_EQ(report.impact, Impact::kUnknown) << "unknown is not none";
  EXPECT_FALSE(report.components);
  EXPECT_THAT(report.updates,
              ElementsAre(Update{"", IncidentStatus::kResolved, T("2026-07-23T17:00:00Z"), "Back."},
                          Update{"", IncidentStatus::kInvestigating, T("2026-07-23T16:29:09Z"),
                                 "API went down"}));
  EXPECT_FALSE(parsed.listing) << "items leave a feed by age";
}

TEST(FeedTest, ReadsTheUpdatesThatADescriptionLists) {
  const Parsed parsed = Read(
      "<item><title>Errors</title><link>https://s.example.com/incidents/qv89mzdjvtrs</link>"
      "<guid>https://s.example.com/incidents/qv89mzdjvtrs</guid><pubDate>Mon, 26 Feb 2024 17:09:00 "
      "+0000</pubDate>"
      "<description>&lt;p&gt;&lt;small&gt;Feb 26, 18:21 "
      "UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Over.&lt;/p&gt;"
      "&lt;p&gt;&lt;small&gt;Feb 26, 17:09 "
      "UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Investigating&lt;/strong&gt; - We "
      "look.&lt;/p&gt;</description></item>");
  ASSERT_THAT(parsed.reports, SizeIs(1));
  EXPECT_EQ(parsed.reports[0].native_id, "qv89mzdjvtrs");
  EXPECT_EQ(parsed.reports[0].url, "https://s.example.com/incidents/qv89mzdjvtrs");
  ASSERT_THAT(parsed.reports[0].updates, SizeIs(2));
  EXPECT_EQ(parsed.reports[0].updates[0].at, T("2024-02-26T18:21:00Z"));
}

TEST(FeedTest, StateWordsInTitlesAndTexts) {
  const Parsed parsed = Read(
      "<item><title>[RESOLVED] Slow answers</title><guid>id-00001</guid><pubDate>Mon, 26 Feb 2024 "
      "17:09:00 GMT</pubDate></item>"
      "<item><title>Slow again</title><guid>id-00002</guid><pubDate>Mon, 26 Feb 2024 17:09:00 "
      "GMT</pubDate>"
      "<description>&lt;p&gt;Status: Monitoring&lt;/p&gt;&lt;p&gt;It was resolved, it "
      "seems&lt;/p&gt;</description></item>"
      "<item><title>Note: all is well</title><guid>id-00003</guid><pubDate>Mon, 26 Feb 2024 "
      "17:09:00 GMT</pubDate></item>");
  ASSERT_THAT(parsed.reports, SizeIs(3));
  EXPECT_EQ(parsed.reports[0].title, "Slow answers");
  EXPECT_EQ(parsed.reports[0].status, IncidentStatus::kResolved);
  EXPECT_EQ(parsed.reports[1].status, IncidentStatus::kMonitoring);
  EXPECT_EQ(parsed.reports[2].status, IncidentStatus::kUnknown);
  EXPECT_EQ(parsed.reports[2].title, "Note: all is well");
}

// An end is never set to the start, for want of better.
TEST(FeedTest, AnAtomEntryThatIsOverEndsWhenItChanged) {
  const std::string body =
      R"(<feed><entry><id>urn:x:entry-77</id><title>Resolved: Errors</title><published>2026-01-01T00:00:00Z</published>
      <updated>2026-01-01T02:00:00Z</updated><content>Done.</content></entry></feed>)";
  const auto parsed =
      FeedPlatform().Parse({"feed", "https://s/feed.atom", "application/atom+xml", body, {}});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const Report& report = parsed->reports.at(0);
  EXPECT_EQ(report.title, "Errors");
  EXPECT_EQ(report.updates.at(0).at, T("2026-01-01T02:00:00Z"));
  EXPECT_EQ(report.impact_started_at, T("2026-01-01T00:00:00Z"));
}

TEST(FeedTest, OnlyAddressesOfTheWebAreLinks) {
  const Parsed parsed = Read(
      "<item><title>x</title><link>javascript:alert(1)</link><guid>id-00001</guid>"
      "<pubDate>Mon, 26 Feb 2024 17:09:00 GMT</pubDate></item>");
  EXPECT_EQ(parsed.reports.at(0).url, "");
}

TEST(FeedTest, AnItemWithoutTimeIsAProblem) {
  const Parsed parsed =
      Read("<item><title>When?</title><guid>id-00001</guid><pubDate>noon</pubDate></item><item/>");
  EXPECT_THAT(parsed.reports, IsEmpty());
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'When?'"), HasSubstr("''")));
}

TEST(FeedTest, AsksTheFeedItselfOrTheUsualPlaces) {
  for (const char* url :
       {"https://s/x.rss", "https://s/x.atom", "https://s/feed", "https://s/a.xml?l=en"}) {
    const auto requests = FeedPlatform().FirstRequests(url, Purpose::kPoll, {});
    ASSERT_THAT(requests, SizeIs(1)) << url;
    EXPECT_EQ(requests[0].url, url);
  }
  const auto requests = FeedPlatform().FirstRequests("https://s", Purpose::kPoll, {});
  ASSERT_THAT(requests, SizeIs(10));
  EXPECT_EQ(requests[0].url, "https://s/history.atom");
  EXPECT_EQ(requests[0].instead_of, "");
  for (std::size_t i = 1; i < requests.size(); ++i) {
    EXPECT_EQ(requests[i].instead_of, requests[i - 1].url)
        << "one after the other, until one has it";
  }
  EXPECT_THAT(FeedPlatform().FirstRequests("https://s", Purpose::kBackfill, {}), IsEmpty());
}

TEST(FeedTest, Quirk01HtmlInsteadOfAFeed) {
  const absl::Status status = FeedPlatform().Recognize(
      {"feed", "https://s/feed", "text/html", "<!DOCTYPE html><html><br></html>", {}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(std::string(status.message()), "HTML instead of a feed");
}

// An empty channel is a page on which all is well, and nothing that was known is over by it.
TEST(FeedTest, AnEmptyFeedSaysNothing) {
  const Parsed parsed = Read("");
  EXPECT_THAT(parsed.reports, IsEmpty());
  EXPECT_FALSE(parsed.listing);
}

}  // namespace
}  // namespace fails::platforms
