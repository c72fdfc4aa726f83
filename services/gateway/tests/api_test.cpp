// SPDX-License-Identifier: Apache-2.0
// The REST API over real HTTP, with a stand-in for analytics.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "common/testing/await.h"
#include "common/wire/time_proto.h"
#include "services/gateway/tests/fake_analytics.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ApiTest : public ::testing::Test {
 protected:
  ApiTest() { analytics_.notice = "Demo data"; }

  RunningGateway& gateway() {
    if (!gateway_) gateway_ = std::make_unique<RunningGateway>(config_);
    return *gateway_;
  }
  HttpAnswer Ask(const std::string& target, const std::string& fields = {},
                 const std::string& method = "GET") {
    const auto answer = Get(gateway().port(), target, fields, method);
    EXPECT_TRUE(answer) << target;
    return answer.value_or(HttpAnswer{});
  }
  json::object AskJson(const std::string& target) {
    const HttpAnswer answer = Ask(target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.Header("content-type"), "application/json");
    return json::parse(answer.body).as_object();
  }
  // The problem document, checked for its form.
  json::object AskProblem(const std::string& target, int status,
                          const std::string& method = "GET") {
    const HttpAnswer answer = Ask(target, {}, method);
    EXPECT_EQ(answer.status, status) << target << ": " << answer.body;
    EXPECT_EQ(answer.Header("content-type"), "application/problem+json") << target;
    const json::object problem = json::parse(answer.body).as_object();
    EXPECT_EQ(problem.at("status"), status);
    for (const char* member : {"type", "title", "detail", "instance"}) {
      EXPECT_FALSE(problem.at(member).as_string().empty()) << target << ": " << member;
    }
    EXPECT_EQ(problem.at("instance").as_string(),
              "urn:fails:request:" + answer.Header("x-request-id"));
    return problem;
  }

  FakeAnalytics analytics_;
  Config config_ = TestConfig(analytics_.address());
  std::unique_ptr<RunningGateway> gateway_;
};

TEST_F(ApiTest, Providers) {
  const json::object body = AskJson("/api/v1/providers");
  EXPECT_EQ(body.at("notice"), "Demo data");
  const json::object& provider = body.at("providers").as_array().at(0).as_object();
  EXPECT_EQ(provider.at("id"), "openai");
  EXPECT_EQ(provider.at("services").as_array().at(0).as_object().at("name"), "API");
}

TEST_F(ApiTest, ServicesOfAProviderAndNoNoticeWithoutOne) {
  const json::object body = AskJson("/api/v1/services?provider=anthropic");
  EXPECT_EQ(body.at("services").as_array().size(), 0u);
  EXPECT_FALSE(body.contains("notice"));
}

TEST_F(ApiTest, Pages) {
  const json::object page = AskJson("/api/v1/pages").at("pages").as_array().at(0).as_object();
  EXPECT_EQ(page.at("status"), "active");
  EXPECT_EQ(page.at("health").as_object().at("state"), "rate_limited");
}

TEST_F(ApiTest, IncidentsAreListedWithoutUpdates) {
  const json::object body = AskJson("/api/v1/incidents?limit=1");
  EXPECT_EQ(body.at("total"), 7);
  EXPECT_EQ(body.at("next_cursor"), "next");
  EXPECT_EQ(body.at("notice"), "Demo data");
  const json::object& incident = body.at("incidents").as_array().at(0).as_object();
  EXPECT_EQ(incident.at("id"), "openai/8kb29fwgbp25");
  EXPECT_EQ(incident.at("stages").as_object().at("resolved"), "2024-08-28T18:16:00Z");
  EXPECT_FALSE(incident.contains("updates"));
  EXPECT_FALSE(AskJson("/api/v1/incidents").contains("next_cursor")) << "at the end";
}

TEST_F(ApiTest, EveryParameterOfTheListArrives) {
  AskJson(
      "/api/v1/incidents?provider=openai,anthropic&service=openai%2Fapi&impact=major,unknown"
      "&status=resolved,in_progress&from=2024-01-01T00:00:00Z&to=2024-02-01T00:00:00%2B01:00"
      "&q=elevated+errors&include=withdrawn,maintenance&sort=updated_at&limit=200&cursor=abc"
      "&ongoing=false");
  const v1::ListIncidentsRequest request = analytics_.last_list();
  EXPECT_THAT(request.providers(), ElementsAre("openai", "anthropic"));
  EXPECT_THAT(request.services(), ElementsAre("openai/api"));
  EXPECT_THAT(request.impacts(), ElementsAre(v1::IMPACT_MAJOR, v1::IMPACT_UNSPECIFIED));
  EXPECT_THAT(request.statuses(),
              ElementsAre(v1::INCIDENT_STATUS_RESOLVED, v1::INCIDENT_STATUS_POSTMORTEM,
                          v1::INCIDENT_STATUS_IN_PROGRESS));
  EXPECT_EQ(wire::FromProto(request.from()), absl::FromUnixSeconds(1704067200));
  EXPECT_EQ(wire::FromProto(request.to()), absl::FromUnixSeconds(1706742000));
  EXPECT_EQ(request.query(), "elevated errors");
  EXPECT_TRUE(request.include_withdrawn());
  EXPECT_EQ(request.sort(), v1::INCIDENT_SORT_UPDATED_AT_ASC);
  EXPECT_EQ(request.limit(), 200);
  EXPECT_EQ(request.cursor(), "abc");
  EXPECT_TRUE(request.has_ongoing());
  EXPECT_FALSE(request.ongoing());
}

TEST_F(ApiTest, TheListHasDefaults) {
  AskJson("/api/v1/incidents");
  const v1::ListIncidentsRequest request = analytics_.last_list();
  EXPECT_EQ(request.limit(), 50);
  EXPECT_EQ(request.sort(), v1::INCIDENT_SORT_STARTED_AT_DESC);
  EXPECT_FALSE(request.include_withdrawn());
  EXPECT_FALSE(request.has_from());
  EXPECT_FALSE(request.has_ongoing());
}

TEST_F(ApiTest, BadParametersAreToldTogether) {
  const json::object problem = AskProblem(
      "/api/v1/incidents?limit=0&impact=fatal&from=x&sort=title&colour=red&q=a&q=b", 400);
  std::vector<std::string> fields;
  for (const json::value& error : problem.at("errors").as_array()) {
    fields.emplace_back(error.as_object().at("field").as_string());
  }
  EXPECT_THAT(fields,
              ::testing::UnorderedElementsAre("limit", "impact", "from", "sort", "colour", "q"));
  AskProblem("/api/v1/incidents?from=2024-02-01T00:00:00Z&to=2024-01-01T00:00:00Z", 400);
  for (const char* target : {"/api/v1/providers?x=1", "/api/v1/pages?x", "/api/v1/analyses?a=b",
                             "/api/v1/openapi.yaml?x=1", "/api/v1/services?provider=Open/AI",
                             "/api/v1/incidents/a%2Fb?x=1", "/api/v1/analyses/ttr?level=3",
                             "/api/v1/events?colour=red", "/api/v1/events?type=closed"}) {
    AskProblem(target, 400);
  }
}

TEST_F(ApiTest, OneIncidentWithATag) {
  const std::string target = "/api/v1/incidents/openai%2F8kb29fwgbp25";
  const HttpAnswer answer = Ask(target);
  EXPECT_EQ(answer.status, 200);
  const json::object incident = json::parse(answer.body).as_object();
  EXPECT_EQ(incident.at("updates").as_array().size(), 1u);
  EXPECT_FALSE(incident.contains("flap_group"));
  const std::string tag = answer.Header("etag");
  const HttpAnswer again = Ask(target, "If-None-Match: " + tag + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.Header("etag"), tag);
}

TEST_F(ApiTest, OneIncidentWithItsGroupOfFlaps) {
  const std::string target = "/api/v1/incidents/openai%2F8kb29fwgbp25";
  const std::string alone = Ask(target).Header("etag");
  v1::FlapGroup group;
  group.set_count(3);
  group.mutable_first_started_at()->set_seconds(1724868960);
  group.mutable_last_started_at()->set_seconds(1724872560);
  v1::Flap* flap = group.add_flaps();
  flap->set_id("openai/8kb29fwgbp25");
  flap->mutable_at()->set_seconds(1724872560);
  flap->set_duration_seconds(60);
  analytics_.Flap(group);
  const HttpAnswer answer = Ask(target, "If-None-Match: " + alone + "\r\n");
  ASSERT_EQ(answer.status, 200) << "the same revision, and yet another answer";
  EXPECT_EQ(json::parse(answer.body).as_object().at("flap_group"), json::parse(R"({
      "count": 3, "first_started_at": "2024-08-28T18:16:00Z",
      "last_started_at": "2024-08-28T19:16:00Z",
      "flaps": [{"id": "openai/8kb29fwgbp25", "at": "2024-08-28T19:16:00Z",
                 "duration_seconds": 60, "ongoing": false}]})"));
}

TEST_F(ApiTest, UnknownIncident) {
  const json::object problem = AskProblem("/api/v1/incidents/openai%2Fnone", 404);
  EXPECT_EQ(problem.at("detail"), "unknown incident: openai/none");
}

TEST_F(ApiTest, AnalysesWithDefaultsWhereThereAreAny) {
  const json::array analyses = AskJson("/api/v1/analyses").at("analyses").as_array();
  const json::array& parameters = analyses.at(0).as_object().at("parameters").as_array();
  EXPECT_EQ(parameters.at(0).as_object().at("default"), "UTC");
  EXPECT_EQ(parameters.at(0).as_object().at("type"), "time_zone");
  EXPECT_FALSE(parameters.at(1).as_object().contains("default"));
  EXPECT_FALSE(parameters.at(0).as_object().contains("default_value"));
}

TEST_F(ApiTest, AnAnalysisGetsItsQueryAsTyped) {
  const json::object body = AskJson(
      "/api/v1/analyses/ttr-distribution?services=openai%2Fapi,x&from=a&to=b&tz=c&include=d,e"
      "&impact=f&basis=g&start=h&now=i");
  const v1::RunAnalysisRequest run = analytics_.last_run();
  EXPECT_EQ(run.id(), "ttr-distribution");
  EXPECT_THAT(run.query().services(), ElementsAre("openai/api", "x"));
  EXPECT_THAT(run.query().include(), ElementsAre("d", "e"));
  EXPECT_THAT(run.query().impact(), ElementsAre("f"));
  EXPECT_EQ(run.query().from() + run.query().to() + run.query().tz() + run.query().basis() +
                run.query().start() + run.query().now(),
            "abcghi");
  EXPECT_EQ(body.at("notice"), "Demo data");
  EXPECT_EQ(body.at("excluded").as_object().at("no_service"), 2);
  const json::object& group =
      body.at("result").as_object().at("groups").as_array().at(0).as_object();
  EXPECT_TRUE(group.at("ecdf").as_object().at("x").as_array().at(0).is_null());
}

TEST_F(ApiTest, LargeAnswersAreCompressedForThoseWhoAsk) {
  analytics_.updates_bytes = 5000;
  const std::string target = "/api/v1/incidents/openai%2F8kb29fwgbp25";
  const HttpAnswer compressed = Ask(target, "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(compressed.Header("content-encoding"), "gzip");
  const std::string tag = compressed.Header("etag");
  EXPECT_TRUE(tag.starts_with("W/")) << tag;
  EXPECT_LT(compressed.body.size(), 1000u);
  EXPECT_FALSE(Ask(target).headers.contains("content-encoding"));
  EXPECT_EQ(Ask(target, "If-None-Match: " + tag + "\r\nAccept-Encoding: gzip\r\n").status, 304);
}

TEST_F(ApiTest, TagsFollowTheBody) {
  const HttpAnswer first = Ask("/api/v1/providers");
  EXPECT_EQ(Ask("/api/v1/providers", "If-None-Match: " + first.Header("etag") + "\r\n").status,
            304);
  EXPECT_NE(Ask("/api/v1/pages").Header("etag"), first.Header("etag"));
  EXPECT_EQ(first.Header("cache-control"), "no-cache");
}

TEST_F(ApiTest, HeadOptionsAndOtherMethods) {
  const HttpAnswer head = Ask("/api/v1/pages", {}, "HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.Header("content-length"), "0");
  const HttpAnswer options = Ask("/api/v1/pages", {}, "OPTIONS");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.Header("allow"), "GET, HEAD, OPTIONS");
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"}) {
    AskProblem("/api/v1/pages", 405, method);
    AskProblem("/", 405, method);
    EXPECT_EQ(Ask("/api/v1/pages", {}, method).Header("allow"), "GET, HEAD, OPTIONS");
  }
  EXPECT_EQ(Ask("*", {}, "OPTIONS").status, 204);
}

TEST_F(ApiTest, UnknownPathsAndBrokenTargets) {
  for (const char* target : {"/api", "/api/", "/api/v1", "/api/v2/incidents", "/api/v1/incidents/",
                             "/api/v1/incidents/openai/8kb29fwgbp25", "/nowhere.js"}) {
    AskProblem(target, 404);
  }
  for (const char* target :
       {"/api/v1/incidents/%zz", "/api/v1/incidents?q=%", "/api/v1/pages?%ff=1", "/%00", "/a#b"}) {
    AskProblem(target, 400);
  }
}

TEST_F(ApiTest, ABodyIsRefused) {
  HttpConnection connection(gateway().port());
  connection.Send("GET /api/v1/pages HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(connection.Read()->status, 400);
}

TEST_F(ApiTest, WhatAnalyticsSaysBecomesAProblem) {
  analytics_.Fail({grpc::StatusCode::INVALID_ARGUMENT, "tz: unknown time zone: 'Mars'"});
  EXPECT_EQ(AskProblem("/api/v1/analyses/ttr-distribution?tz=Mars", 400).at("detail"),
            "tz: unknown time zone: 'Mars'");
  analytics_.Fail({grpc::StatusCode::INTERNAL, "secret"});
  EXPECT_THAT(json::serialize(AskProblem("/api/v1/pages", 500)),
              ::testing::Not(HasSubstr("secret")));
}

TEST_F(ApiTest, WithoutAnalytics) {
  gateway();
  analytics_.StopServing();
  AskProblem("/api/v1/pages", 503);
  EXPECT_EQ(Ask("/api/v1/pages").Header("retry-after"), "2");
  EXPECT_EQ(Ask("/api/v1/openapi.yaml").status, 200) << "needs nobody";
}

TEST_F(ApiTest, SlowAnalytics) {
  config_.upstream_timeout = absl::Milliseconds(100);
  analytics_.Hang(true);
  AskProblem("/api/v1/pages", 504);
}

TEST_F(ApiTest, AClientThatLeavesCancelsItsCall) {
  analytics_.Hang(true);
  {
    HttpConnection connection(gateway().port());
    connection.Send("GET /api/v1/pages HTTP/1.1\r\nHost: test\r\n\r\n");
    ASSERT_TRUE(testing::Await([&] { return analytics_.waiting() == 1; }));
  }
  EXPECT_TRUE(testing::Await([&] { return analytics_.cancelled() == 1; }));
}

TEST_F(ApiTest, TheTraceGoesOn) {
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  Ask("/api/v1/pages", "traceparent: " + trace + "\r\n");
  EXPECT_THAT(analytics_.last_traceparent(), HasSubstr("4bf92f3577b34da6a3ce929d0e0e4736"));
  Ask("/api/v1/pages", "traceparent: nonsense\r\n");
  EXPECT_THAT(analytics_.last_traceparent(), ::testing::StartsWith("00-"));
}

TEST_F(ApiTest, TooManyRequests) {
  config_.rate_limit_per_second = 1;
  config_.rate_limit_burst = 2;
  EXPECT_EQ(Ask("/api/v1/openapi.yaml").status, 200);
  EXPECT_EQ(Ask("/api/v1/openapi.yaml").status, 200);
  HttpAnswer refused;  // not always the third: on a busy machine the rate may allow that one
  ASSERT_TRUE(testing::Await([&] {
    refused = Ask("/api/v1/openapi.yaml");
    return refused.status != 200;
  }));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.Header("content-type"), "application/problem+json");
  EXPECT_EQ(refused.Header("retry-after"), "1");
  EXPECT_EQ(Ask("/").status, 404) << "the web is not limited";
}

TEST_F(ApiTest, SecurityHeadersAreEverywhere) {
  for (const char* target : {"/api/v1/pages", "/api/v1/none", "/", "/api/v1/incidents?x=1"}) {
    const HttpAnswer answer = Ask(target);
    EXPECT_THAT(answer.Header("content-security-policy"), HasSubstr("default-src 'none'"))
        << target;
    EXPECT_EQ(answer.Header("x-content-type-options"), "nosniff") << target;
    EXPECT_EQ(answer.Header("referrer-policy"), "no-referrer") << target;
    EXPECT_EQ(answer.Header("x-request-id").size(), 32u) << target;
  }
}

}  // namespace
}  // namespace fails::gateway
