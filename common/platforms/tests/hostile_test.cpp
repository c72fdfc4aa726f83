// SPDX-License-Identifier: Apache-2.0
// Nothing that a page sends may crash or stall a parser: documents cut short, with bytes changed,
// or under another kind are read or refused, and a report that comes out is whole.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include <string>
#include <vector>

#include "common/platforms/import_format.h"
#include "common/platforms/registry.h"
#include "tests/fuzz/seed.h"

namespace fails::platforms {
namespace {

struct Sample {
  const char* platform;
  const char* kind;
  const char* url;
  const char* content_type;
  std::string body;
};

constexpr char kUpdates[] =
    R"([{"id":"u2","status":"resolved","body":"Über","display_at":"2026-03-02T09:30:00.5-08:00","affected_components":[{"code":"c1","name":"A","new_status":"operational"}]},{"id":"u1","status":"investigating","created_at":"2026-03-02T08:10:00Z","affected_components":[{"code":"c1","name":"A","new_status":"major_outage"}]}])";

std::vector<Sample> Samples() {
  const std::string incident = fmt::format(
      R"({{"id":"k3x9","name":"N","status":"resolved","impact":"major","created_at":"2026-03-02T08:10:00Z","incident_updates":{},"components":[{{"id":"c1","name":"A"}}]}})",
      kUpdates);
  const std::string page = R"({"page":{"id":"p","url":"https://s"},)";
  const std::string calendar =
      R"({"c1":{"component":{"name":"A"},"days":[{"date":"2026-03-01","outages":{"p":60}}]}})";
  const std::string entry =
      "&lt;p&gt;&lt;small&gt;Jun &lt;var&gt; 8&lt;/var&gt;, 18:09 "
      "UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - t&lt;/p&gt;";
  const std::string csv_head =
      "incident_id,Incident_Title,incident_impact_level,provider,API,investigating_timestamp,"
      "identified_timestamp,monitoring_timestamp,resolved_timestamp,postmortem_timestamp\n";
  return {
      {"statuspage", "incidents", "https://s/api/v2/incidents.json", "application/json",
       page + R"("incidents":[)" + incident + "]}"},
      {"statuspage", "summary", "https://s/api/v2/summary.json", "application/json",
       page +
           R"("components":[{"id":"c","status":"operational"}],"incidents":[],"scheduled_maintenances":[]})"},
      {"statuspage", "incident", "https://s/incidents/k3x9.json", "application/json", incident},
      {"statuspage", "incident", "https://s/incidents/k3x9", "text/html",
       "<h1 class='incident-name impact-major'>N</h1><div class='update-row'><div "
       "class='update-title'>Resolved</div>"
       "<div class='update-body'>b</div><div class='update-timestamp'>Posted. Aug 30, 2022 - 11:57 "
       "PDT</div></div>"
       "<div class='components-affected'>This incident affected: A (b), and C.</div>"},
      {"statuspage", "history", "https://s/history.json?page=1", "application/json",
       R"({"months":[{"name":"May","incidents":[{"code":"k3x9"}]}]})"},
      {"statuspage", "history", "https://s/history?page=1", "text/html",
       "<div data-react-class=\"HistoryIndex\" "
       "data-react-props=\"{&quot;months&quot;:[{&quot;incidents&quot;:"
       "[{&quot;code&quot;:&quot;k3x9&quot;}]}]}\"></div>"},
      {"statuspage", "history_feed", "https://s/history.atom", "application/atom+xml",
       "<feed><entry><link "
       "href='https://s/incidents/k3x9'/><published>2026-06-08T18:00:00Z</published><content>" +
           entry + "</content></entry></feed>"},
      {"statuspage", "uptime", "https://s/", "text/html",
       "<script>window.uptimeData = " + calendar + ";</script><i data-uptime-lazy=\"c2\"></i>"},
      {"statuspage", "uptime_showcase", "https://s/uptime_showcase", "application/json",
       "{\"timelines\":" + calendar + "}"},
      {"feed", "feed", "https://s/feed.rss", "application/rss+xml",
       "<rss><channel><link>https://s</link><item><title>[RESOLVED] x</title><guid>abcdefg#1</guid>"
       "<pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate><description>" +
           entry + "</description></item></channel></rss>"},
      {"fails-incidents", "file", "import:x", "text/csv",
       csv_head + "i1,\"a\nb\",2,m,1,2024-02-26 17:09:00+00:00,,,2024-02-26 18:09:00,\n"},
      {"fails-outages", "file", "import:x", "text/csv",
       "Date,Service,provider,partial_outage_minutes,major_outage_minutes\n2024-06-03,api,m,59,"
       "0\n"},
      {"ndjson", "file", "import:x", "application/x-ndjson",
       R"({"id":"m/i1","services":["m/a"],"updates":[{"status":"resolved","at":"2024-02-26T18:21:00Z","body":"b"}],"impact_intervals":[{"service":"m/a","from":"2024-02-26T18:21:00Z"}]})"
       "\n"
       R"({"service":"m/a","provider":"m","date":"2024-06-03","partial_seconds":1,"major_seconds":2})"
       "\n"},
  };
}

void CheckParsed(const Parsed& parsed) {
  for (const Report& report : parsed.reports) {
    RC_ASSERT(!report.native_id.empty());
    for (const Update& update : report.updates) {
      RC_ASSERT(update.at != absl::InfiniteFuture() && update.at != absl::InfinitePast());
    }
  }
  for (const OutageDayReport& day : parsed.outage_days) {
    RC_ASSERT(day.day.partial_seconds >= 0 && day.day.major_seconds >= 0);
  }
}

void Feed(const Sample& sample, std::string_view body) {
  const Platform* platform = Find(sample.platform);
  RC_ASSERT(platform != nullptr);
  const DocumentView document{sample.kind, sample.url, sample.content_type, body, {}};
  const absl::Status recognized = platform->Recognize(document);
  const auto parsed = platform->Parse(document);
  RC_ASSERT(recognized.ok() || recognized.code() == absl::StatusCode::kFailedPrecondition);
  RC_ASSERT(parsed.ok() || parsed.status().code() == absl::StatusCode::kInvalidArgument);
  if (recognized.ok()) RC_ASSERT(parsed.ok());
  if (parsed.ok()) CheckParsed(*parsed);
  for (const DocumentRequest& next :
       platform->FollowUps("https://s", Purpose::kBackfill, document)) {
    RC_ASSERT(next.url.starts_with("https://s/"));
  }
}

TEST(HostileTest, TheSamplesThemselvesAreGood) {
  for (const Sample& sample : Samples()) {
    const DocumentView document{sample.kind, sample.url, sample.content_type, sample.body, {}};
    const Platform* platform = Find(sample.platform);
    ASSERT_NE(platform, nullptr);
    fuzz::KeepSeed(*platform, document);
    EXPECT_TRUE(platform->Recognize(document).ok())
        << sample.platform << " " << sample.kind << ": " << platform->Recognize(document);
    EXPECT_TRUE(platform->Parse(document)->problems.empty()) << sample.platform << sample.kind;
  }
}

TEST(HostileTest, EveryPrefixIsReadOrRefused) {
  for (const Sample& sample : Samples()) {
    for (std::size_t n = 0; n < sample.body.size(); ++n) {
      Feed(sample, std::string_view(sample.body).substr(0, n));
    }
  }
}

RC_GTEST_PROP(HostileTest, ChangedBytesAreReadOrRefused, ()) {
  static const std::vector<Sample> samples = Samples();
  const Sample& sample = samples[*rc::gen::inRange<std::size_t>(0, samples.size())];
  std::string body = sample.body;
  const int changes = *rc::gen::inRange(1, 8);
  for (int i = 0; i < changes; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        body[at] = static_cast<char>(*rc::gen::inRange(0, 256));
        break;
      case 1:
        body.erase(at, static_cast<std::size_t>(*rc::gen::inRange(1, 20)));
        break;
      case 2:
        body.insert(at, *rc::gen::elementOf(
                            std::vector<std::string>{"null", "\"", "{", "]", "<", "<!--", "&quot;",
                                                     "\n", "9999999999999", "-1", "\xFF"}));
        break;
      default:
        body.insert(at, body.substr(0, at / 2));
    }
    if (body.empty()) body = "x";
  }
  Feed(sample, body);
}

RC_GTEST_PROP(HostileTest, ADocumentOfAnotherKindIsReadOrRefused, ()) {
  static const std::vector<Sample> samples = Samples();
  Sample sample = samples[*rc::gen::inRange<std::size_t>(0, samples.size())];
  Feed(sample, samples[*rc::gen::inRange<std::size_t>(0, samples.size())].body);
}

RC_GTEST_PROP(HostileTest, FilesAreCutOrRefused, (const std::string& text, unsigned size)) {
  for (const ImportFormat* format : AllImportFormats()) {
    const auto pieces = format->Split(text, 10 + size % 1000);
    RC_ASSERT(pieces.ok() || pieces.status().code() == absl::StatusCode::kInvalidArgument);
    if (!pieces.ok()) continue;
    for (const ImportPiece& piece : *pieces) RC_ASSERT(piece.bytes.size() <= 10 + size % 1000);
  }
}

// A page that nests its markup without end costs no more than one that does not.
TEST(HostileTest, DeepMarkupIsRefusedNotFollowed) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<div>";
  const std::string head = "<h1 class='incident-name'>N</h1><div class='update-row'>HistoryIndex";
  for (const char* kind : {"incident", "history"}) {
    EXPECT_FALSE(Find("statuspage")
                     ->Parse({kind, "https://s/incidents/k3x9", "text/html", head + deep, {}})
                     .ok());
  }
  std::string item =
      "<rss><channel><item><guid>abcdefgh</guid><pubDate>Thu, 23 Jul 2026 16:29:09 "
      "Z</pubDate><description><![CDATA[word" +
      deep + "]]></description></item></channel></rss>";
  const auto parsed = Find("feed")->Parse({"feed", "https://s/feed", "text/xml", item, {}});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->reports.at(0).updates.at(0).body, "word");
}

}  // namespace
}  // namespace fails::platforms
