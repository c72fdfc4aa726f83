// SPDX-License-Identifier: Apache-2.0
// /api/v1/status over real HTTP, with a stand-in for analytics.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "common/wire/time_proto.h"
#include "services/gateway/tests/fake_analytics.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;

class StatusTest : public ::testing::Test {
 protected:
  HttpAnswer Ask(const std::string& target) {
    const auto answer = Get(gateway_.port(), target);
    EXPECT_TRUE(answer) << target;
    return answer.value_or(HttpAnswer{});
  }
  json::object AskJson(const std::string& target) {
    const HttpAnswer answer = Ask(target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body).as_object();
  }

  FakeAnalytics analytics_;
  RunningGateway gateway_{TestConfig(analytics_.address())};
};

TEST_F(StatusTest, ListsServicesAndCountsTrouble) {
  const json::object body = AskJson("/api/v1/status?provider=openai");
  const json::array& services = body.at("services").as_array();
  ASSERT_EQ(services.size(), 4u);
  const json::object& api = services[0].as_object();
  EXPECT_EQ(api.at("service"), "openai/api");
  EXPECT_EQ(api.at("status"), "major_outage");
  EXPECT_EQ(api.at("since"), "2024-08-28T18:16:00Z");
  EXPECT_EQ(api.at("ongoing_incidents"), json::array({"openai/b", "openai/a"}));
  EXPECT_EQ(services[1].as_object().at("status"), "unknown");
  EXPECT_FALSE(services[1].as_object().contains("since"));
  EXPECT_EQ(body.at("summary"), json::object({{"services", 4}, {"troubled", 1}, {"unknown", 1}}));
  EXPECT_FALSE(body.contains("states"));
  EXPECT_EQ(analytics_.last_states().provider(), "openai");
}

TEST_F(StatusTest, PassesTheQuestionForChangesOn) {
  const json::object body =
      AskJson("/api/v1/status/changes?services=openai%2Fapi&from=2024-01-01T00:00:00Z&limit=7");
  const json::object& change = body.at("changes").as_array().at(0).as_object();
  EXPECT_EQ(change.at("previous"), "operational");
  EXPECT_EQ(change.at("status"), "degraded");
  const v1::ListServiceStatusChangesRequest asked = analytics_.last_changes();
  EXPECT_THAT(asked.services(), ElementsAre("openai/api"));
  EXPECT_EQ(wire::FromProto(asked.from()), absl::FromUnixSeconds(1704067200));
  EXPECT_FALSE(asked.has_to());
  EXPECT_EQ(asked.limit(), 7);
  AskJson("/api/v1/status/changes");
  EXPECT_EQ(analytics_.last_changes().limit(), 200);
}

TEST_F(StatusTest, RefusesWhatItDoesNotUnderstand) {
  for (const char* target :
       {"/api/v1/status?provider=Open/AI", "/api/v1/status?limit=3",
        "/api/v1/status/changes?limit=1001", "/api/v1/status/changes?services=x",
        "/api/v1/status/changes?from=yesterday"}) {
    EXPECT_EQ(Ask(target).status, 400) << target;
  }
  analytics_.Fail({grpc::StatusCode::UNAVAILABLE, "no snapshot"});
  EXPECT_EQ(Ask("/api/v1/status").status, 503);
}

}  // namespace
}  // namespace fails::gateway
