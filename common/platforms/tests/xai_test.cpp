// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/xai.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/platforms/tests/platform_case.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

DocumentView View(std::string_view body) {
  return {"feed", "https://status.example.com/feed.xml", "application/rss+xml", body,
          T("2026-09-30T12:00:00Z")};
}

constexpr char kFeed[] =
    R"(<?xml version="1.0"?><rss version="2.0"><channel><title>System Status</title><link>https://status.example.com</link>
  <item><title>[API (global)] Errors everywhere</title><link>https://status.example.com/api-global/INC1234abcd</link>
    <guid isPermaLink="false">INC1234abcd</guid><pubDate>Tue, 22 Sep 2026 01:02:42 GMT</pubDate>
    <category>outage</category><category>resolved</category>
    <description><![CDATA[<h3>Status: RESOLVED</h3><p>Severity: outage</p><p>Resolved: Tue, 22 Sep 2026 01:28:30 GMT</p><hr /><h4>Updates:</h4>
      <div><p><strong>Tue, 22 Sep 2026 01:28:43 GMT</strong></p><h3>Resolved</h3><p>It is over.</p></div>
      <div><p><strong>Tue, 22 Sep 2026 01:03:07 GMT</strong></p><h3>Investigating</h3><p>We look &amp; see.</p><p>More.</p></div>
      <div><p><strong>long ago</strong></p><h3>Investigating</h3></div>]]></description></item>
  <item><title>[Grok (iOS)] Errors everywhere</title><link>https://status.example.com/ios/INC1234abcd</link>
    <guid isPermaLink="false">INC1234abcd</guid><pubDate>Tue, 22 Sep 2026 01:02:42 GMT</pubDate><description/></item>
  <item><title>[Voice] Slow</title><link>https://status.example.com/voice/ps_f6</link><guid isPermaLink="false">ps_f6</guid>
    <pubDate>Wed, 30 Sep 2026 10:00:00 GMT</pubDate><category>disruption</category><category>monitoring</category>
    <description><![CDATA[<h3>Status: MONITORING</h3><p>Severity: disruption</p>]]></description></item>
</channel></rss>)";

TEST(XaiTest, OneIncidentHasAnItemForEachComponent) {
  const Parsed parsed = MustParse(XaiPlatform(), View(kFeed));
  ASSERT_THAT(parsed.reports, SizeIs(2));
  const Report& report = parsed.reports[0];
  EXPECT_EQ(report.native_id, "INC1234abcd");
  EXPECT_EQ(report.title, "Errors everywhere");
  EXPECT_EQ(report.impact, Impact::kCritical);
  EXPECT_EQ(report.status, IncidentStatus::kResolved);
  EXPECT_THAT(*report.components,
              ElementsAre(ComponentRef{"", "API (global)"}, ComponentRef{"", "Grok (iOS)"}));
  ASSERT_THAT(report.updates, SizeIs(2));
  EXPECT_EQ(report.updates[1].body, "We look & see.\nMore.");
  const Stages stages = Stages::FromUpdates(report.updates);
  EXPECT_EQ(stages.investigating, T("2026-09-22T01:03:07Z"));
  EXPECT_EQ(stages.resolved, T("2026-09-22T01:28:30Z")) << "the stated end, not the note's time";
  EXPECT_EQ(report.impact_started_at, T("2026-09-22T01:02:42Z"));
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'long ago'")));
  const Report& open = parsed.reports[1];
  EXPECT_EQ(open.impact, Impact::kMajor);
  EXPECT_EQ(open.status, IncidentStatus::kMonitoring);
  EXPECT_EQ(Stages::FromUpdates(open.updates).investigating, T("2026-09-30T10:00:00Z"));
  EXPECT_FALSE(parsed.listing);
}

TEST(XaiTest, TellsHowComponentsDoThatItsIncidentsName) {
  EXPECT_THAT(MustParse(XaiPlatform(), View(kFeed)).components,
              ElementsAre(ComponentStatus{{"", "API (global)"}, ServiceStatus::kOperational},
                          ComponentStatus{{"", "Grok (iOS)"}, ServiceStatus::kOperational},
                          ComponentStatus{{"", "Voice"}, ServiceStatus::kPartialOutage}));
  const auto unsaid = MustParse(XaiPlatform(), View(R"(<rss version="2.0"><channel><title>S</title>
    <item><title>[Voice] Something</title><guid>INC9</guid></item></channel></rss>)"));
  EXPECT_THAT(unsaid.components,
              ElementsAre(ComponentStatus{{"", "Voice"}, ServiceStatus::kUnknown}))
      << "never operational";
}

TEST(XaiTest, WithoutCategoriesTheTextTells) {
  const Parsed parsed =
      MustParse(XaiPlatform(), View(R"(<rss version="2.0"><channel><title>S</title>
    <item><title>Plain title</title><guid>INC9</guid><description><![CDATA[<h3>Status: IDENTIFIED</h3><p>Severity: outage</p>]]></description></item>
    <item><title>Nothing</title></item></channel></rss>)"));
  ASSERT_THAT(parsed.reports, SizeIs(1));
  EXPECT_EQ(parsed.reports[0].status, IncidentStatus::kIdentified);
  EXPECT_EQ(parsed.reports[0].impact, Impact::kCritical);
  EXPECT_TRUE(parsed.reports[0].components->empty());
  EXPECT_THAT(parsed.problems, ElementsAre(HasSubstr("'Nothing'")));
}

}  // namespace
}  // namespace fails::platforms
