// SPDX-License-Identifier: Apache-2.0
// /api/v1/exports over real HTTP, with a stand-in for analytics.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "absl/strings/str_split.h"
#include "common/testing/await.h"
#include "services/gateway/tests/fake_analytics.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;
using fails::testing::Await;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Empty when it is not one whole gzip file of that size.
std::string Gunzip(const std::string& compressed, std::size_t size) {
  z_stream stream{};
  if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK) return {};
  std::string out(size + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(whole ? stream.total_out : 0);
  inflateEnd(&stream);
  return out;
}

class ExportsTest : public ::testing::Test {
 protected:
  std::optional<HttpAnswer> Ask(const std::string& target, const std::string& method = "GET") {
    return Get(gateway_.port(), target, {}, method);
  }
  static std::vector<std::string> Lines(const std::string& body, const char* end) {
    std::vector<std::string> lines = absl::StrSplit(body, end);
    EXPECT_EQ(lines.back(), "") << "the last line has an end too";
    lines.pop_back();
    return lines;
  }

  FakeAnalytics analytics_;
  RunningGateway gateway_{TestConfig(analytics_.address())};
};

TEST_F(ExportsTest, NdjsonHasAnIncidentALineAsTheDetailViewShowsIt) {
  analytics_.ExportPortions(3);
  const auto answer = Ask("/api/v1/exports/incidents.ndjson");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->Header("content-type"), "application/x-ndjson");
  EXPECT_EQ(answer->Header("transfer-encoding"), "chunked");
  EXPECT_EQ(answer->Header("content-disposition"), "attachment; filename=\"incidents.ndjson\"");
  const auto lines = Lines(answer->body, "\n");
  ASSERT_EQ(lines.size(), 6u) << "two a portion";
  const auto detail = Ask("/api/v1/incidents/openai%2F8kb29fwgbp25");
  ASSERT_TRUE(detail);
  EXPECT_EQ(json::parse(lines[0]), json::parse(detail->body));
}

TEST_F(ExportsTest, CsvHasAHeaderAndALineForEachIncident) {
  analytics_.ExportPortions(1);
  const auto answer = Ask("/api/v1/exports/incidents.csv");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->Header("content-type"), "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(answer->Header("content-disposition"), "attachment; filename=\"incidents.csv\"");
  const auto lines = Lines(answer->body, "\r\n");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], StartsWith("id,native_id,provider,page,title,url,impact,status,services,"));
  EXPECT_EQ(
      lines[1],
      "\"openai/8kb29fwgbp25\",\"8kb29fwgbp25\",\"openai\",\"openai\",\"Elevated errors\","
      "\"\",major,resolved,\"openai/api\",,,,2024-08-28T18:16:00Z,,,,,,,60,false,\"\",3,,,,,");
}

TEST_F(ExportsTest, AnEmptyExportIsAnEmptyFile) {
  analytics_.ExportPortions(0);
  EXPECT_EQ(Ask("/api/v1/exports/incidents.ndjson").value_or(HttpAnswer{}).body, "");
  EXPECT_EQ(Ask("/api/v1/exports/outage-days.csv").value_or(HttpAnswer{}).body,
            "service,provider,date,partial_seconds,major_seconds,page\r\n");
}

TEST_F(ExportsTest, OutageDays) {
  analytics_.ExportPortions(1);
  EXPECT_EQ(Ask("/api/v1/exports/outage-days.csv?provider=openai&from=2024-01-01&to=2024-02-01")
                .value_or(HttpAnswer{})
                .body,
            "service,provider,date,partial_seconds,major_seconds,page\r\n"
            "\"openai/api\",\"openai\",\"2024-01-31\",60,120,\"openai\"\r\n");
  const v1::ExportOutageDaysRequest asked = analytics_.last_days();
  EXPECT_THAT(asked.providers(), ElementsAre("openai"));
  EXPECT_EQ(asked.from(), "2024-01-01");
  EXPECT_EQ(asked.to(), "2024-02-01");
  const auto ndjson = Ask("/api/v1/exports/outage-days.ndjson");
  ASSERT_TRUE(ndjson);
  EXPECT_EQ(json::parse(ndjson->body).as_object().at("date"), "2024-01-31");
}

TEST_F(ExportsTest, TheFilterIsThatOfTheList) {
  analytics_.ExportPortions(0);
  ASSERT_TRUE(
      Ask("/api/v1/exports/incidents.csv?provider=openai&service=openai%2Fapi&impact=major"
          "&status=resolved&from=2024-01-01T00:00:00Z&q=errors&ongoing=false"));
  const v1::ListIncidentsRequest filter = analytics_.last_export().filter();
  EXPECT_THAT(filter.providers(), ElementsAre("openai"));
  EXPECT_THAT(filter.impacts(), ElementsAre(v1::IMPACT_MAJOR));
  EXPECT_EQ(filter.query(), "errors");
  EXPECT_FALSE(filter.include_withdrawn());
  ASSERT_TRUE(Ask("/api/v1/exports/incidents.csv?include=withdrawn"));
  EXPECT_TRUE(analytics_.last_export().filter().include_withdrawn());
  for (const char* query : {"limit=5", "sort=started_at", "cursor=x", "impact=fatal"}) {
    const auto answer = Ask(std::string("/api/v1/exports/incidents.ndjson?") + query);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400) << query;
  }
  for (const char* query :
       {"from=2024-1-1", "to=x", "from=2024-02-30", "from=2024-02-01&to=2024-01-01"}) {
    const auto answer = Ask(std::string("/api/v1/exports/outage-days.csv?") + query);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400) << query;
  }
}

TEST_F(ExportsTest, AnErrorBeforeTheFirstByteIsAProblem) {
  analytics_.ExportPortions(0);
  analytics_.Fail({grpc::StatusCode::UNAVAILABLE, "no database"});
  const auto answer = Ask("/api/v1/exports/incidents.ndjson");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->Header("content-type"), "application/problem+json");
}

TEST_F(ExportsTest, AnErrorHalfWayBreaksTheConnectionOff) {
  analytics_.ExportPortions(2);
  analytics_.Fail({grpc::StatusCode::UNAVAILABLE, "the database went away"});
  HttpConnection connection(gateway_.port());
  ASSERT_TRUE(connection.Send("GET /api/v1/exports/incidents.ndjson HTTP/1.1\r\nHost: x\r\n\r\n"));
  const auto head = connection.ReadHead();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_FALSE(connection.ReadBody()) << "without the last chunk";
}

TEST_F(ExportsTest, AClientThatGoesStopsTheExport) {
  analytics_.ExportPortions(1'000'000);
  {
    HttpConnection connection(gateway_.port());
    ASSERT_TRUE(
        connection.Send("GET /api/v1/exports/incidents.ndjson HTTP/1.1\r\nHost: x\r\n\r\n"));
    ASSERT_TRUE(connection.ReadHead());
    EXPECT_FALSE(connection.ReadChunk().empty());
    EXPECT_EQ(analytics_.cancelled(), 0);
  }
  EXPECT_TRUE(Await([&] { return analytics_.cancelled() == 1; }));
}

TEST_F(ExportsTest, IsCompressedForThoseWhoTakeIt) {
  analytics_.ExportPortions(50);
  const auto plain = Ask("/api/v1/exports/incidents.ndjson");
  const auto gzip =
      Get(gateway_.port(), "/api/v1/exports/incidents.ndjson", "Accept-Encoding: gzip\r\n");
  ASSERT_TRUE(plain && gzip);
  EXPECT_EQ(plain->Header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain->Header("content-encoding"), "");
  EXPECT_EQ(gzip->Header("content-encoding"), "gzip");
  EXPECT_LT(gzip->body.size(), plain->body.size() / 10);
  EXPECT_EQ(Gunzip(gzip->body, plain->body.size()), plain->body);
}

TEST_F(ExportsTest, AHeadAsksForNoBody) {
  analytics_.ExportPortions(1'000'000);
  const auto answer = Ask("/api/v1/exports/incidents.csv", "HEAD");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->Header("content-disposition"), "attachment; filename=\"incidents.csv\"");
  EXPECT_TRUE(Await([&] { return analytics_.cancelled() == 1; }));
}

}  // namespace
}  // namespace fails::gateway
