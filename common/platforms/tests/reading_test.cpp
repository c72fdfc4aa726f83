// SPDX-License-Identifier: Apache-2.0
// Times, states and HTML as strangers write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/time.h"
#include "common/platforms/reading/html.h"
#include "common/platforms/reading/states.h"
#include "common/platforms/reading/update_list.h"
#include "common/platforms/reading/wall_time.h"

namespace fails::platforms {
namespace {

using ::testing::HasSubstr;

std::string Rfc822(std::string_view text) {
  const auto time = ParseRfc822(text);
  return time.ok() ? ToRfc3339(time->at) : "none";
}

std::string Iso(std::string_view text) {
  const auto time = ParseIsoTime(text);
  return time.ok() ? ToRfc3339(time->at) : "none";
}

TEST(WallTimeTest, ReadsRfc822AndItsHeirs) {
  EXPECT_EQ(Rfc822("Thu, 23 Jul 2026 16:29:09 GMT"), "2026-07-23T16:29:09Z");
  EXPECT_EQ(Rfc822("Thu, 23 Jul 2026 16:29:09 Z"), "2026-07-23T16:29:09Z") << "the bare Z of Azure";
  EXPECT_EQ(Rfc822("Thu, 23 Jul 2026 16:29:09 +0000"), "2026-07-23T16:29:09Z");
  EXPECT_EQ(Rfc822("Thu,  3 Jul 2026 16:29 -0730"), "2026-07-03T23:59:00Z");
  EXPECT_EQ(Rfc822("3 July 26 16:29:09 PDT"), "2026-07-03T23:29:09Z");
  EXPECT_EQ(Rfc822("Sun, 06 Nov 94 08:49:37 EST"), "1994-11-06T13:49:37Z");
  EXPECT_EQ(Rfc822("Wed, 01 Jan 2026 00:00:00 A"), "2026-01-01T00:00:00Z")
      << "military zones tell nothing (RFC 2822)";
  EXPECT_EQ(Rfc822("Thu, 23 Jul 2026 16:29:60 GMT"), "2026-07-23T16:30:00Z");
  for (const char* text :
       {"", "Thu", "Thu, 31 Feb 2026 16:29:09 GMT", "Thu, 23 Jux 2026 16:29:09 GMT",
        "Thu, 23 Jul 2026 24:29:09 GMT", "Thu, 23 Jul 2026 16:29:09 XYZ", "23 Jul 2026",
        "Thu, -3 Jul 2026 16:29:09 GMT", "Thu, 23 Jul 2026 16:29:09 GMT more"}) {
    EXPECT_EQ(Rfc822(text), "none") << text;
  }
  EXPECT_THAT(std::string(ParseRfc822("noon").status().message()), HasSubstr("'noon'"));
}

TEST(WallTimeTest, ReadsIsoWithAndWithoutZone) {
  EXPECT_EQ(Iso("2024-02-26 17:09:00+00:00"), "2024-02-26T17:09:00Z");
  EXPECT_EQ(Iso("2024-02-26 17:09:00"), "2024-02-26T17:09:00Z");
  EXPECT_EQ(Iso("2024-02-26T17:09"), "2024-02-26T17:09:00Z");
  EXPECT_EQ(Iso("2024-02-26T17:09:00.125-07:00"), "2024-02-27T00:09:00.125Z");
  EXPECT_EQ(Iso("2024-02-26 17:09:00 UTC"), "2024-02-26T17:09:00Z");
  for (const char* text :
       {"", "2024-02-26", "2024-13-26 17:09:00", "2024-02-30 17:09:00", "2024-02-26 17:61:00",
        "2024-02-26 17:09:00 XX", "NaT", "2024-02-26 17:09:00+99:00", "0000000000000000"}) {
    EXPECT_EQ(Iso(text), "none") << text;
  }
}

// Quirk 17: a label means a fixed offset, whatever the date; only "PT" asks the date.
TEST(WallTimeTest, Quirk17LabelsAcrossDaylightSaving) {
  const absl::CivilSecond summer(2026, 7, 1, 12, 0, 0), winter(2026, 1, 1, 12, 0, 0);
  EXPECT_EQ(ZoneOffset("PDT", summer), -7 * 3600);
  EXPECT_EQ(ZoneOffset("PDT", winter), -7 * 3600);
  EXPECT_EQ(ZoneOffset("PST", summer), -8 * 3600);
  EXPECT_EQ(ZoneOffset("EDT", winter), -4 * 3600);
  EXPECT_EQ(ZoneOffset("EST", winter), -5 * 3600);
  EXPECT_EQ(ZoneOffset("PT", summer), -7 * 3600);
  EXPECT_EQ(ZoneOffset("PT", winter), -8 * 3600);
  EXPECT_EQ(ZoneOffset("ET", winter), -5 * 3600);
  EXPECT_EQ(ZoneOffset("+0530", summer), 19800);
  EXPECT_EQ(ZoneOffset("-07:00", summer), -25200);
  EXPECT_EQ(ZoneOffset("Mars", summer), std::nullopt);
  EXPECT_EQ(ZoneOffset("", summer), std::nullopt);
  EXPECT_EQ(MonthOf("Sept."), 9);
  EXPECT_EQ(MonthOf("May"), 5);
  EXPECT_EQ(MonthOf("Ma"), std::nullopt);
}

TEST(StatesTest, LabelsAndHeadlines) {
  EXPECT_EQ(StatusFromLabel("In progress"), IncidentStatus::kInProgress);
  EXPECT_EQ(StatusFromLabel("Verifying"), IncidentStatus::kInProgress);
  EXPECT_EQ(StatusFromLabel(" RESOLVED "), IncidentStatus::kResolved);
  EXPECT_EQ(StatusFromLabel("Update"), IncidentStatus::kUnknown);
  EXPECT_EQ(StatusInHeadline("[RESOLVED] Increased error rates"), IncidentStatus::kResolved);
  EXPECT_EQ(StatusInHeadline("api.example.com recovered"), IncidentStatus::kResolved);
  EXPECT_EQ(StatusInHeadline("api.example.com went down"), IncidentStatus::kInvestigating);
  EXPECT_EQ(StatusInHeadline("Unresolved question"), IncidentStatus::kUnknown);
  EXPECT_EQ(StatusInHeadline("This is not resolved"), IncidentStatus::kUnknown);
  EXPECT_EQ(StatusInHeadline("Identified, monitoring a fix"), IncidentStatus::kMonitoring);
}

TEST(HtmlTest, TextIsWhatAReaderSees) {
  EXPECT_EQ(HtmlToText("<p>One &amp; <b>two</b></p><p>three<br>four</p><script>x<y</script>"),
            "One & two\nthree\nfour");
  EXPECT_EQ(HtmlToText("plain text"), "plain text");
  EXPECT_EQ(HtmlToText("a\n  b&nbsp;c"), "a b c");
  EXPECT_EQ(HtmlToText("智能 &lt;b&gt;"), "智能 <b>");
  EXPECT_EQ(HtmlToText(""), "");
}

TEST(HtmlTest, DepthSeesThroughTricks) {
  EXPECT_EQ(HtmlDepth("<div><p>a<p>b<br><img></div><div></div>"), 1);
  EXPECT_EQ(HtmlDepth("</div></div><div>"), 1);
  const auto repeat = [](std::string_view part) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += part;
    return text;
  };
  for (const char* part : {"<div>", "<div></x>", "<div a='</div>'>", "<div a=b'c d='</div>'>",
                           "<div><!--</div>-->", "<svg><script><div></div></script>",
                           "<div><!</div>", "<div></ </div>", "<div><style></div></style>"}) {
    EXPECT_GE(HtmlDepth(repeat(part)), 999) << part;
    EXPECT_FALSE(HtmlDocument::Parse(repeat(part)).ok()) << part;
  }
  EXPECT_THAT(HtmlToText(repeat("<div>word")), HasSubstr("word word"));
}

TEST(UpdateListTest, FindsTheYearBackwardsOverNewYear) {
  const ZonedTime published = *ParseIsoTime("2025-12-31T23:50:00-08:00");
  const auto updates = ReadUpdateList(
      "<p><small>Jan <var data-var='date'> 1</var>, <var data-var='time'>01:09</var> "
      "PST</small><br>"
      "<strong>Resolved</strong> - Over - at last.</p><p><small>Dec <var data-var='date'>31</var>, "
      "<var data-var='time'>23:50</var></small><br><strong>Investigating</strong> - We look.</p>",
      published);
  ASSERT_EQ(updates.size(), 2u);
  EXPECT_EQ(ToRfc3339(updates[0].at), "2026-01-01T09:09:00Z");
  EXPECT_EQ(updates[0].status, IncidentStatus::kResolved);
  EXPECT_EQ(updates[0].body, "Over - at last.");
  EXPECT_EQ(ToRfc3339(updates[1].at), "2026-01-01T07:50:00Z") << "the offset of the entry";
  EXPECT_TRUE(ReadUpdateList("<p>Nothing of the kind</p>", published).empty());
}

}  // namespace
}  // namespace fails::platforms
