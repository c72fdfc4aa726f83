// SPDX-License-Identifier: Apache-2.0
// The analyses over real HTTP, with a stand-in for analytics.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "services/gateway/tests/fake_analytics.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kQuery[] =
    "services=openai%2Fapi,x&from=a&to=b&tz=c&include=d,e&impact=f&basis=g&start=h&now=i&slo=99";

std::string Texts(const v1::AnalysisQuery& query) {
  return query.from() + query.to() + query.tz() + query.basis() + query.start() + query.now() +
         query.slo();
}

class AnalysesTest : public ::testing::Test {
 protected:
  AnalysesTest() { analytics_.notice = "Demo data"; }

  HttpAnswer Ask(const std::string& target, const std::string& fields = {}) {
    return Get(gateway_.port(), target, fields).value_or(HttpAnswer{});
  }
  HttpAnswer Post(const std::string& body, const std::string& type = "application/json",
                  const std::string& target = "/api/v1/analyses:run") {
    HttpConnection connection(gateway_.port());
    std::string head = fmt::format("POST {} HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n",
                                   target, body.size());
    if (!type.empty()) head += "Content-Type: " + type + "\r\n";
    connection.Send(head + "\r\n" + body);
    return connection.Read().value_or(HttpAnswer{});
  }
  // The fields that the problem complains of.
  static std::vector<std::string> FieldsOf(const HttpAnswer& answer) {
    std::vector<std::string> fields;
    const json::value problem = json::parse(answer.body);
    for (const json::value& error : problem.at("errors").as_array()) {
      fields.emplace_back(error.as_object().at("field").as_string());
    }
    return fields;
  }

  FakeAnalytics analytics_;
  RunningGateway gateway_{TestConfig(analytics_.address())};
};

TEST_F(AnalysesTest, ATableUnderItsOwnAddress) {
  const HttpAnswer answer =
      Ask(std::string("/api/v1/analyses/ttr-distribution.csv?") + kQuery, "Accept: text/html\r\n");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.Header("content-type"), "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(answer.Header("content-disposition"), "attachment; filename=\"ttr-distribution.csv\"");
  EXPECT_EQ(answer.body, "group,gt,le,metric,value\r\n\"openai/api\",,,n,0\r\n");
  EXPECT_EQ(analytics_.last_run().id(), "ttr-distribution");
  EXPECT_EQ(Texts(analytics_.last_run().query()), "abcghi99");
  EXPECT_EQ(Ask("/api/v1/analyses/ttr-distribution.csv",
                "If-None-Match: " + answer.Header("etag") + "\r\n")
                .status,
            304);
}

TEST_F(AnalysesTest, ATableOrJsonAsTheClientLikes) {
  const std::string target = "/api/v1/analyses/ttr-distribution";
  for (const char* accept :
       {"text/csv", "text/csv, */*;q=0.1", "application/json;q=0.5, TEXT/CSV"}) {
    const HttpAnswer answer = Ask(target, fmt::format("Accept: {}\r\n", accept));
    EXPECT_THAT(answer.Header("content-type"), StartsWith("text/csv")) << accept;
    EXPECT_EQ(answer.Header("vary"), "Accept");
  }
  for (const char* accept : {"*/*", "application/json", "application/json, text/csv;q=0.9",
                             "text/csv;q=0", "text/html,application/xhtml+xml,*/*;q=0.8"}) {
    const HttpAnswer answer = Ask(target, fmt::format("Accept: {}\r\n", accept));
    EXPECT_EQ(answer.Header("content-type"), "application/json") << accept;
    EXPECT_EQ(answer.Header("vary"), "Accept");
  }
}

TEST_F(AnalysesTest, AnUnknownAnalysisHasNoTable) {
  const HttpAnswer answer = Ask("/api/v1/analyses/none.csv");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("unknown analysis: none"));
  EXPECT_EQ(Ask("/api/v1/analyses/ttr-distribution.csv?level=3").status, 400);
}

TEST_F(AnalysesTest, SeveralAtOnce) {
  const HttpAnswer answer = Post(R"({"analyses": ["b", "a"], "services": ["openai/api", "x"],
      "from": "a", "to": "b", "tz": "c", "include": ["d", "e"], "impact": ["f"], "basis": "g",
      "start": "h", "now": "i", "slo": 99.5})");
  EXPECT_EQ(answer.status, 200) << answer.body;
  const json::object body = json::parse(answer.body).as_object();
  EXPECT_EQ(body.at("notice"), "Demo data");
  const json::array& analyses = body.at("analyses").as_array();
  ASSERT_EQ(analyses.size(), 2u);
  EXPECT_EQ(analyses[0].as_object().at("id"), "b");
  EXPECT_EQ(analyses[1].as_object().at("id"), "a");
  const v1::RunAnalysesRequest request = analytics_.last_run_many();
  EXPECT_THAT(request.ids(), ElementsAre("b", "a"));
  EXPECT_THAT(request.query().services(), ElementsAre("openai/api", "x"));
  EXPECT_THAT(request.query().include(), ElementsAre("d", "e"));
  EXPECT_THAT(request.query().impact(), ElementsAre("f"));
  EXPECT_EQ(Texts(request.query()), "abcghi99.5");
}

TEST_F(AnalysesTest, NothingAskedIsEverything) {
  for (const char* body : {"", "{}", R"({"analyses": [], "from": null})"}) {
    EXPECT_EQ(Post(body).status, 200) << body;
    EXPECT_EQ(analytics_.last_run_many().ids_size(), 0);
    EXPECT_EQ(Texts(analytics_.last_run_many().query()), "");
  }
  EXPECT_EQ(Post("", "").status, 200) << "no body needs no type";
}

TEST_F(AnalysesTest, ABadBodyIsTold) {
  for (const char* body : {"{", "[]", "nonsense", "{} {}", "\"ids\""}) {
    const HttpAnswer answer = Post(body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.Header("content-type"), "application/problem+json");
    EXPECT_THAT(answer.body, HasSubstr("the body is not")) << body;
  }
  const HttpAnswer answer = Post(R"({"analyses": "a", "services": [1], "from": 5, "slo": "high",
                                     "tz": {}, "colour": "red", "impact": [""]})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(FieldsOf(answer), ::testing::UnorderedElementsAre("analyses", "services", "from",
                                                                "slo", "tz", "colour", "impact"));
  EXPECT_EQ(Post("{}", "text/plain").status, 415);
  EXPECT_EQ(Post("{}", "").status, 415);
  EXPECT_EQ(Post("{}", "application/json; charset=utf-8").status, 200);
  EXPECT_EQ(Post("{}", "application/json", "/api/v1/analyses:run?x=1").status, 400);
}

TEST_F(AnalysesTest, OnlyByPost) {
  const HttpAnswer answer = Ask("/api/v1/analyses:run");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.Header("allow"), "POST, OPTIONS");
  EXPECT_EQ(Post("{}", "application/json", "/api/v1/analyses").status, 405);
}

TEST_F(AnalysesTest, WhatAnalyticsRefusesOfMany) {
  analytics_.Fail({grpc::StatusCode::INVALID_ARGUMENT, "tz: 'Mars' is not a time zone"});
  const HttpAnswer answer = Post(R"({"tz": "Mars"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("tz: 'Mars' is not a time zone"));
}

TEST_F(AnalysesTest, TheIncidentsBehindANumber) {
  analytics_.updates_bytes = 5;
  const HttpAnswer answer = Ask(std::string("/api/v1/analyses/weekday-distribution/incidents?") +
                                kQuery + "&cell=service:openai/api;bin:Monday&limit=7");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const v1::ListCellIncidentsRequest request = analytics_.last_cell();
  EXPECT_EQ(request.id(), "weekday-distribution");
  EXPECT_EQ(request.cell(), "service:openai/api;bin:Monday");
  EXPECT_EQ(request.limit(), 7);
  EXPECT_EQ(Texts(request.query()), "abcghi99");
  const json::object body = json::parse(answer.body).as_object();
  EXPECT_EQ(body.at("total"), 2);
  EXPECT_EQ(body.at("data_version"), 4711);
  EXPECT_EQ(body.at("next_cursor"), "next");
  EXPECT_EQ(body.at("notice"), "Demo data");
  const json::object& incident = body.at("incidents").as_array().at(0).as_object();
  EXPECT_EQ(incident.at("id"), "openai/8kb29fwgbp25");
  EXPECT_FALSE(incident.contains("updates"));

  const HttpAnswer rest =
      Ask("/api/v1/analyses/weekday-distribution/incidents?cell=a:b&cursor=next");
  EXPECT_FALSE(json::parse(rest.body).as_object().contains("next_cursor")) << "at the end";
  EXPECT_EQ(analytics_.last_cell().cursor(), "next");
  EXPECT_EQ(analytics_.last_cell().limit(), 50);
}

TEST_F(AnalysesTest, ACellMustBeNamed) {
  const HttpAnswer answer = Ask("/api/v1/analyses/ttr-distribution/incidents?limit=0&colour=red");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(FieldsOf(answer), ::testing::UnorderedElementsAre("cell", "limit", "colour"));
}

}  // namespace
}  // namespace fails::gateway
