// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/azure.h"

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

DocumentView View(std::string_view body) {
  return {"feed", "https://rssfeed.example.com/en-us/status/feed/", "application/rss+xml", body,
          T("2026-07-23T18:00:00Z")};
}

std::string Feed(std::string_view items, std::string_view title = "Azure Status") {
  return fmt::format(R"(<?xml version="1.0"?><rss version="2.0"><channel><title>{}</title>
    <link>https://azure.example.com/en-us/status/</link><lastBuildDate>Thu, 23 Jul 2026 17:00:00 Z</lastBuildDate>{}</channel></rss>)",
                     title, items);
}

std::string Item(std::string_view title, std::string_view text) {
  return fmt::format(
      R"(<item><guid isPermaLink="false">AB12-CD3</guid><link>https://azure.example.com/en-us/status/</link>
    <title>{}</title><category>Azure OpenAI Service</category><category>West US</category><category>West US</category>
    <description>{}</description><pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate></item>)",
      title, text);
}

Parsed Read(const std::string& body) {
  return MustParse(AzurePlatform(), View(body));
}

TEST(AzureTest, ReadsAnEvent) {
  const Parsed parsed =
      Read(Feed(Item("Azure OpenAI Service - West US - Investigating",
                     "&lt;p&gt;Starting at 14:32 UTC on 23 July 2026, you may see "
                     "errors.&lt;/p&gt;&lt;p&gt;We have identified the cause.&lt;/p&gt;")));
  ASSERT_THAT(parsed.reports, SizeIs(1));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "AB12-CD3");
  EXPECT_EQ(report.title, "Azure OpenAI Service - West US");
  EXPECT_EQ(report.impact, Impact::kUnknown) << "Azure states none";
  EXPECT_EQ(report.status, IncidentStatus::kIdentified);
  EXPECT_THAT(*report.components,
              ElementsAre(ComponentRef{"", "Azure OpenAI Service"}, ComponentRef{"", "West US"}));
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.investigating, T("2026-07-23T14:32:00Z"));
  EXPECT_EQ(stages.identified, T("2026-07-23T16:29:09Z")) << "with a bare Z for a zone";
  EXPECT_EQ(report.impact_started_at, T("2026-07-23T14:32:00Z"));
  EXPECT_THAT(report.updates[0].body, HasSubstr("you may see errors.\n"));
  EXPECT_TRUE(parsed.of_many_products);
}

TEST(AzureTest, ServicesThatOnlyTheTitleNamesAreNamed) {
  const std::string body = Feed(
      R"(<item><guid>A1</guid><title>Azure OpenAI and Azure AI Search - West US - Active</title>
      <category>West US</category><pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate></item>)");
  EXPECT_THAT(*Read(body).reports.at(0).components,
              ElementsAre(ComponentRef{"", "Azure OpenAI"}, ComponentRef{"", "Azure AI Search"},
                          ComponentRef{"", "West US"}));
}

TEST(AzureTest, TheLastPartOfTheTitleTellsWhereItStands) {
  const auto status = [](std::string_view title) {
    return Read(Feed(Item(title, "Starting at 30:99 UTC on 31 February 2026 it was resolved.")))
        .reports.at(0)
        .status;
  };
  EXPECT_EQ(status("X - Y - Mitigated"), IncidentStatus::kResolved);
  EXPECT_EQ(status("X - Resolved - Monitoring"), IncidentStatus::kMonitoring);
  EXPECT_EQ(status("X - Y - Something new"), IncidentStatus::kInvestigating);
}

TEST(AzureTest, WhatIsGoneIsOver) {
  const Parsed one = Read(Feed(Item("X - Y - Active", "text")));
  ASSERT_TRUE(one.listing);
  EXPECT_EQ(one.listing->absence, Listing::Absence::kResolved);
  EXPECT_FALSE(one.listing->oldest);
  const Parsed none = Read(Feed(""));
  EXPECT_THAT(none.reports, IsEmpty());
  ASSERT_TRUE(none.listing) << "the channel without items is how Azure says that all is well";
  EXPECT_FALSE(Read(Feed("<item><title>no guid, no date</title></item>")).listing);
}

TEST(AzureTest, AnEmptyChannelOfAnotherSaysNothing) {
  EXPECT_THAT(Why(AzurePlatform().Recognize(View(Feed("", "Some proxy")))),
              HasSubstr("'Some proxy', not of Azure"));
  EXPECT_FALSE(AzurePlatform().Recognize(View("<html></html>")).ok());
  EXPECT_THAT(Asked(AzurePlatform().FirstRequests("https://s", Purpose::kPoll, {})),
              ElementsAre("feed https://s/en-us/status/feed/"));
}

}  // namespace
}  // namespace fails::platforms
