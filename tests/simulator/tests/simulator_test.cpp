// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/simulator.h"

#include <gtest/gtest.h>

#include <string>

#include "boost/json.hpp"
#include "tests/simulator/tests/demo_fixture.h"

namespace fails::simulator {
namespace {

namespace json = boost::json;

const char kHost[] = "status.anthropic.com";
const char kIncidents[] = "/api/v2/incidents.json";

class SimulatorTest : public ::testing::Test {
 protected:
  Response Send(const std::string& method, const std::string& host, const std::string& path,
                const std::string& body = "", const std::string& if_none_match = "") {
    Request request;
    request.method = method;
    request.host = host;
    request.path = path;
    request.body = body;
    if (!if_none_match.empty()) request.headers["if-none-match"] = if_none_match;
    return simulator_.Handle(request);
  }
  Response Get(const std::string& path, const std::string& if_none_match = "") {
    return Send("GET", kHost, path, "", if_none_match);
  }
  void AddFault(const std::string& fields) {
    const Response response = Send("POST", "_control", "/faults",
                                   "{\"host\":\"" + std::string(kHost) + "\"," + fields + "}");
    ASSERT_EQ(response.status, 201) << response.body;
  }

  Demo demo_{Quiet()};
  absl::Duration paused_;
  Simulator simulator_{*demo_.site, demo_.world.get(), demo_.clock,
                       [this](absl::Duration delay) { paused_ += delay; }};
};

TEST_F(SimulatorTest, AnEtagAnswersNotModifiedUntilSomethingIsPosted) {
  const Response first = Get(kIncidents);
  ASSERT_EQ(first.status, 200);
  const std::string etag = first.headers.at("ETag");
  EXPECT_EQ(etag.rfind("W/\"", 0), 0u);
  const Response second = Get(kIncidents, etag);
  EXPECT_EQ(second.status, 304);
  EXPECT_TRUE(second.body.empty());
  EXPECT_EQ(second.headers.at("ETag"), etag);
  EXPECT_EQ(Get(kIncidents, "\"other\", " + etag.substr(2)).status,
            304);  // weak comparison, a list

  const Response opened = Send(
      "POST", "_control", "/incidents",
      R"({"host":"status.anthropic.com","name":"x","impact":"major","components":["claude.ai"]})");
  ASSERT_EQ(opened.status, 201) << opened.body;
  const std::string code = json::value_to<std::string>(json::parse(opened.body).at("code"));
  const Response changed = Get(kIncidents, etag);
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.body.find(code), std::string::npos);
  EXPECT_EQ(Send("POST", "_control", "/incidents/" + code + "/updates",
                 R"({"status":"identified","body":"Found."})")
                .status,
            201);
  EXPECT_NE(Get(kIncidents).body, changed.body);
}

TEST_F(SimulatorTest, StatusFaultHitsAsOftenAsAsked) {
  AddFault(
      R"("path_prefix":"/api/v2/incidents.json","kind":"status","status":500,"retry_after":7,"times":2)");
  EXPECT_EQ(Get("/api/v2/summary.json").status, 200);
  const Response failed = Get(kIncidents);
  EXPECT_EQ(failed.status, 500);
  EXPECT_EQ(failed.headers.at("Retry-After"), "7");
  EXPECT_EQ(Get(kIncidents).status, 500);
  EXPECT_EQ(Get(kIncidents).status, 200);
}

TEST_F(SimulatorTest, TooManyRequestsSaysWhenToReturn) {
  AddFault(R"("kind":"too_many_requests","retry_after":30)");
  const Response response = Get(kIncidents);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.at("Retry-After"), "30");
}

TEST_F(SimulatorTest, SlowWaitsAndThenAnswers) {
  AddFault(R"("kind":"slow","delay_ms":1500)");
  EXPECT_EQ(Get(kIncidents).status, 200);
  EXPECT_EQ(paused_, absl::Milliseconds(1500));
}

TEST_F(SimulatorTest, TruncatedIsHalfADocumentAndNeverNotModified) {
  const Response healthy = Get(kIncidents);
  AddFault(R"("kind":"truncated")");
  const Response half = Get(kIncidents, healthy.headers.at("ETag"));
  EXPECT_EQ(half.status, 200);
  EXPECT_EQ(half.body, healthy.body.substr(0, healthy.body.size() / 2));
  EXPECT_EQ(half.headers.count("ETag"), 0u);
}

TEST_F(SimulatorTest, WrongContentTypeAndHtmlWith200AreNotTheDocument) {
  AddFault(R"("kind":"wrong_content_type","times":1)");
  EXPECT_EQ(Get(kIncidents).content_type, "text/html; charset=utf-8");
  AddFault(R"("kind":"html_200","times":1)");
  const Response html = Get(kIncidents);
  EXPECT_EQ(html.status, 200);
  EXPECT_NE(html.body.find("<html>"), std::string::npos);
}

TEST_F(SimulatorTest, RedirectLeadsToAPageThatSaysDeleted) {
  AddFault(R"("kind":"redirect","times":1)");
  const Response response = Get(kIncidents);
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(response.headers.at("Location"), "/status.anthropic.com/_page-deleted");
  const Response deleted = Get("/_page-deleted");
  EXPECT_EQ(deleted.status, 200);
  EXPECT_NE(deleted.body.find("deleted"), std::string::npos);
}

TEST_F(SimulatorTest, FrozenKeepsAnsweringWhatItAnsweredFirst) {
  AddFault(R"("kind":"frozen")");
  const Response before = Get(kIncidents);
  ASSERT_TRUE(demo_.world->Open({kHost, "new one", "minor", {}, "x"}).ok());
  EXPECT_EQ(Get(kIncidents).body, before.body);
  EXPECT_EQ(Get(kIncidents, before.headers.at("ETag")).status, 304);
  ASSERT_EQ(Send("DELETE", "_control", "/faults").status, 200);
  EXPECT_NE(Get(kIncidents).body, before.body);
}

TEST_F(SimulatorTest, ARemovedIncidentIsInNoDocument) {
  const absl::StatusOr<std::string> code = demo_.world->Open({kHost, "gone", "minor", {}, "x"});
  ASSERT_TRUE(code.ok());
  AddFault("\"kind\":\"incident_removed\",\"incident\":\"" + *code + "\"");
  for (const char* path :
       {kIncidents, "/api/v2/summary.json", "/api/v2/incidents/unresolved.json", "/history.json"}) {
    const Response response = Get(path);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body.find(*code), std::string::npos) << path;
  }
  EXPECT_EQ(json::parse(Get(kIncidents).body).at("incidents").as_array().size(), 49u);
  EXPECT_EQ(Get("/incidents/" + *code + ".json").status, 404);
}

TEST_F(SimulatorTest, FaultsAreListedClearedAndChecked) {
  AddFault(R"("kind":"slow","delay_ms":5,"times":null)");
  const json::value list = json::parse(Send("GET", "_control", "/faults").body);
  ASSERT_EQ(list.at("faults").as_array().size(), 1u);
  EXPECT_EQ(list.at("faults").at(0).at("kind").as_string(), "slow");
  EXPECT_TRUE(list.at("faults").at(0).at("times").is_null());
  for (const char* wrong :
       {"", "[]", R"({"kind":"slow","delay_ms":5})", R"({"host":"h","kind":"sleepy"})",
        R"({"host":"h","kind":"slow"})", R"({"host":"h","kind":"status","status":7})",
        R"({"host":"h","kind":"incident_removed"})", R"({"host":"h","kind":"status","times":0})",
        R"({"host":"h","kind":"status","statuss":500})"}) {
    const Response response = Send("POST", "_control", "/faults", wrong);
    EXPECT_EQ(response.status, 400) << wrong;
    EXPECT_NE(response.body.find("\"error\""), std::string::npos);
  }
  EXPECT_EQ(Send("PUT", "_control", "/faults").status, 405);
}

TEST_F(SimulatorTest, RequestsAreCountedByPathAndStatus) {
  const Response first = Get(kIncidents);
  demo_.clock.Advance(absl::Milliseconds(250));
  Get(kIncidents, first.headers.at("ETag"));
  Get("/nothing");
  const json::value log = json::parse(Send("GET", "_control", "/requests").body);
  ASSERT_EQ(log.at("requests").as_array().size(), 2u);
  const json::value& entry = log.at("requests").at(0);
  EXPECT_EQ(entry.at("path").as_string(), kIncidents);
  EXPECT_EQ(entry.at("total").as_int64(), 2);
  EXPECT_EQ(entry.at("conditional").as_int64(), 1);
  EXPECT_EQ(entry.at("status").at("200").as_int64(), 1);
  EXPECT_EQ(entry.at("status").at("304").as_int64(), 1);
  EXPECT_EQ(entry.at("min_gap_ms").as_int64(), 250);
  Send("DELETE", "_control", "/requests");
  EXPECT_TRUE(
      json::parse(Send("GET", "_control", "/requests").body).at("requests").as_array().empty());
}

TEST_F(SimulatorTest, IncidentsOfFilesCannotBeSteered) {
  Simulator files(*demo_.site, nullptr, demo_.clock, [](absl::Duration) {});
  Request request;
  request.method = "POST";
  request.host = "_control";
  request.path = "/incidents";
  request.body = "{}";
  EXPECT_EQ(files.Handle(request).status, 409);
}

TEST_F(SimulatorTest, ControlNamesWhatIsMissing) {
  EXPECT_EQ(Send("POST", "_control", "/incidents", R"({"host":"status.anthropic.com"})").status,
            400);
  EXPECT_EQ(Send("POST", "_control", "/incidents/none/updates", R"({"status":"resolved"})").status,
            404);
  EXPECT_EQ(
      Send("POST", "_control", "/incidents", R"({"host":"h","name":"n","components":[1]})").status,
      400);
  EXPECT_EQ(Send("GET", "_control", "/incidents").status, 405);
  EXPECT_EQ(Send("GET", "_control", "/other").status, 404);
  EXPECT_EQ(Send("GET", "healthz", "/").status, 200);
  EXPECT_EQ(Send("GET", "unknown.host", "/").status, 404);
}

}  // namespace
}  // namespace fails::simulator
