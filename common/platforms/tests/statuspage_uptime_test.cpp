// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/platforms/statuspage.h"

namespace fails::platforms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBase[] = "https://status.example.com";
constexpr char kCalendar[] =
    R"({"c1":{"component":{"code":"c1","name":"API };"},"days":[{"date":"2026-03-01","outages":{"p":60,"m":120},
    "related_events":[{"name":"\u003c/script> {","code":"x"}]},{"date":"2026-03-02","outages":{}},{"date":"2026-03-03","outages":null}]}})";

DocumentView View(std::string_view kind, std::string_view body) {
  const bool html = body.starts_with('<');
  return {kind, "https://status.example.com/", html ? "text/html" : "application/json", body, {}};
}

TEST(StatuspageUptimeTest, ReadsTheCalendarInThePage) {
  for (const char* head : {"var uptimeData = ", "window.uptimeData=", "window.uptimeData =\n  "}) {
    const std::string body = fmt::format(
        "<html><script>var uptimeData = window.uptimeData; if (uptimeData) "
        "{{}}</script><script>{}{};"
        "var more = {{}};</script></html>",
        head, kCalendar);
    ASSERT_TRUE(StatuspagePlatform().Recognize(View("uptime", body)).ok()) << head;
    const auto parsed = StatuspagePlatform().Parse(View("uptime", body));
    ASSERT_TRUE(parsed.ok());
    const ComponentRef api{"c1", "API };"};
    EXPECT_THAT(parsed->outage_days,
                ElementsAre(OutageDayReport{"", api, {absl::CivilDay(2026, 3, 1), 60, 120}},
                            OutageDayReport{"", api, {absl::CivilDay(2026, 3, 2), 0, 0}},
                            OutageDayReport{"", api, {absl::CivilDay(2026, 3, 3), 0, 0}}));
    EXPECT_THAT(parsed->problems, IsEmpty());
    EXPECT_THAT(parsed->reports, IsEmpty());
  }
}

TEST(StatuspageUptimeTest, ADayThatCannotBeIsAProblemOfItsOwn) {
  const std::string body =
      R"(<script>var uptimeData = {"c1":{"days":[{"date":"2026-02-30","outages":{}},{"date":"2026-03-01","outages":{"p":-1}},
      {"date":"2026-03-02","outages":{"m":999999}},{"date":"2026-03-03","outages":{"m":"x"}},{"date":"2026-03-04","outages":{"p":1.0}},8]},
      "c2":{"days":null},"c3":9}</script>)";
  const auto parsed = StatuspagePlatform().Parse(View("uptime", body));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->outage_days, SizeIs(1));
  EXPECT_THAT(parsed->problems, ElementsAre(HasSubstr("2026-02-30"), HasSubstr("2026-03-01"),
                                            HasSubstr("2026-03-02"), HasSubstr("2026-03-03")));
}

TEST(StatuspageUptimeTest, AsksForLazyCalendarsFiftyAtATime) {
  std::string body = "<html>";
  for (int i = 0; i < 51; ++i) body += fmt::format("<div data-uptime-lazy=\"c{:02}\"></div>", i);
  body += "<div data-uptime-lazy='c00'></div><div data-uptime-lazy=\"a&b\"></div></html>";
  const auto document = View("uptime", body);
  ASSERT_TRUE(StatuspagePlatform().Recognize(document).ok());
  EXPECT_THAT(StatuspagePlatform().Parse(document)->outage_days, IsEmpty());
  for (const Purpose purpose : {Purpose::kPoll, Purpose::kBackfill}) {
    const auto next = StatuspagePlatform().FollowUps(kBase, purpose, document);
    ASSERT_THAT(next, SizeIs(2));
    EXPECT_TRUE(
        next[0].url.starts_with("https://status.example.com/uptime_showcase?components=c00,c01,"))
        << next[0].url;
    EXPECT_EQ(next[1].url, "https://status.example.com/uptime_showcase?components=c50");
    EXPECT_EQ(next[1].kind, "uptime_showcase");
    EXPECT_EQ(next[1].every, absl::Hours(1));
  }
}

TEST(StatuspageUptimeTest, ReadsTheShowcase) {
  const std::string body =
      fmt::format(R"({{"components":{{}},"timelines":{},"values":[]}})", kCalendar);
  const auto document = View("uptime_showcase", body);
  ASSERT_TRUE(StatuspagePlatform().Recognize(document).ok());
  EXPECT_THAT(StatuspagePlatform().Parse(document)->outage_days, SizeIs(3));
  EXPECT_TRUE(StatuspagePlatform().Parse(View("uptime_showcase", R"({"timelines":{}})")).ok())
      << "an unknown component";
  EXPECT_FALSE(StatuspagePlatform().Recognize(View("uptime_showcase", "{}")).ok());
}

TEST(StatuspageUptimeTest, APageMayHideItsCalendars) {
  const auto document = View("uptime", "<html>Powered by Atlassian Statuspage</html>");
  EXPECT_TRUE(StatuspagePlatform().Recognize(document).ok());
  EXPECT_THAT(StatuspagePlatform().Parse(document)->outage_days, IsEmpty());
  EXPECT_THAT(
      std::string(StatuspagePlatform().Recognize(View("uptime", "<html></html>")).message()),
      HasSubstr("without an uptime calendar"));
}

}  // namespace
}  // namespace fails::platforms
