// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/feed_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/time.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kRss[] = R"(<?xml version="1.0"?><rss version="2.0" xmlns:content="x"><channel>
  <title>X &amp; Y Status</title><link>https://status.example.com/</link>
  <item><title>API went down</title><link>https://status.example.com/</link>
    <guid isPermaLink="false">abc-123#1</guid><pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate>
    <description><![CDATA[<p>We look.</p>]]></description><category>API</category><category> Web </category></item>
  <item><title>API recovered</title><link>https://status.example.com/</link>
    <guid>abc-123#2</guid><pubDate>Thu, 23 Jul 2026 17:00:00 +0000</pubDate><description/></item>
  <item><title>Other</title><link>https://status.example.com/incident/77</link><pubDate>noon</pubDate></item>
  <item><title>Other again</title><link>https://status.example.com/incident/77/</link></item>
</channel></rss>)";

constexpr char kAtom[] = R"(<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">Status &amp;amp; more</title><link rel="self" href="https://s/feed.atom"/>
  <link href="https://s"/><updated>2026-07-23T16:29:09Z</updated>
  <entry><id>tag:s,2005:Incident/12345678</id><title>Errors</title>
    <link rel="alternate" href="https://s/incidents/qv89mzdjvtrs"/>
    <published>2026-07-23T09:00:00-07:00</published><updated>2026-07-23T10:00:00-07:00</updated>
    <content type="html">&lt;p&gt;Text&lt;/p&gt;</content><category term="minor"/></entry>
  <entry><id>x</id><content type="xhtml"><div><p>Deep</p></div></content></entry>
</feed>)";

TEST(FeedReaderTest, ReadsRss) {
  const auto feed = ReadFeed(kRss);
  ASSERT_TRUE(feed.ok()) << feed.status();
  EXPECT_EQ(feed->title, "X & Y Status");
  ASSERT_EQ(feed->items.size(), 4u);
  const FeedItem& item = feed->items[0];
  EXPECT_EQ(item.id, "abc-123#1");
  EXPECT_EQ(item.html, "<p>We look.</p>");
  EXPECT_THAT(item.categories, ElementsAre("API", "Web"));
  EXPECT_EQ(ToRfc3339(*item.Time()), "2026-07-23T16:29:09Z");
  EXPECT_FALSE(feed->items[2].Time()) << "an unreadable time is absent";
}

TEST(FeedReaderTest, ReadsAtom) {
  const auto feed = ReadFeed(kAtom);
  ASSERT_TRUE(feed.ok()) << feed.status();
  EXPECT_EQ(feed->title, "Status & more");
  EXPECT_EQ(feed->link, "https://s");
  ASSERT_EQ(feed->items.size(), 2u);
  EXPECT_EQ(feed->items[0].link, "https://s/incidents/qv89mzdjvtrs");
  EXPECT_EQ(feed->items[0].html, "<p>Text</p>");
  EXPECT_EQ(feed->items[0].published->offset_seconds, -25200);
  EXPECT_EQ(feed->items[1].html, "<div><p>Deep</p></div>");
}

TEST(FeedReaderTest, GroupsByGuidThenByLink) {
  const auto feed = ReadFeed(kRss);
  ASSERT_TRUE(feed.ok());
  const auto groups = GroupItems(*feed);
  ASSERT_EQ(groups.size(), 2u) << "the home page as link joins nothing";
  EXPECT_EQ(groups[0].size(), 2u);
  EXPECT_EQ(groups[1].size(), 2u);
  EXPECT_EQ(IncidentIdOf(groups[0]), "abc-123");
  EXPECT_EQ(IncidentIdOf(groups[1]), "77");
  EXPECT_EQ(IncidentIdOf(GroupItems(*ReadFeed(kAtom))[0]), "qv89mzdjvtrs");
}

TEST(FeedReaderTest, AGuidThatIsThePageWithAFragmentIsTakenWhole) {
  const auto feed = ReadFeed(R"(<rss><channel><link>https://status.example.com/</link>
    <item><guid>https://status.example.com/#bedrock-us-east-1_1690000000</guid></item>
    <item><guid>https://status.example.com/#bedrock-us-east-1_1700000000</guid></item></channel></rss>)");
  ASSERT_TRUE(feed.ok());
  const auto groups = GroupItems(*feed);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(IncidentIdOf(groups[1]), "bedrock-us-east-1_1700000000");
}

TEST(FeedReaderTest, RefusesWhatIsNoFeed) {
  for (const char* text : {"", "{}", "<html></html>", "<rss></rss>", "<feed", "\xFF\xFE"}) {
    EXPECT_EQ(ReadFeed(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_THAT(std::string(ReadFeed("<html></html>").status().message()), HasSubstr("<html>"));
  EXPECT_TRUE(ReadFeed("<rss><channel/></rss>").ok()) << "an empty channel is a healthy page";
}

}  // namespace
}  // namespace fails::platforms
