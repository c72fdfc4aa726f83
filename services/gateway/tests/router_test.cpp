// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routing/router.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fails::gateway::routing {
namespace {

Router MakeRouter() {
  return Router({{"GET", "/api/v1/incidents/{id}", nullptr},
                 {"GET", "/api/v1/incidents", nullptr},
                 {"GET", "/api/v1/incidents/latest", nullptr},
                 {"POST", "/api/v1/incidents", nullptr}});
}

Router::Match Find(const Router& router, std::string_view method, std::string_view target) {
  const auto parsed = ParseTarget(target);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return router.Find(method, *parsed);
}

TEST(Router, FindsByMethodAndPath) {
  const Router router = MakeRouter();
  EXPECT_EQ(Find(router, "GET", "/api/v1/incidents").route->pattern, "/api/v1/incidents");
  EXPECT_EQ(Find(router, "POST", "/api/v1/incidents").route->method, "POST");
}

TEST(Router, HeadIsAnsweredByTheGetRoute) {
  const Router router = MakeRouter();
  EXPECT_EQ(Find(router, "HEAD", "/api/v1/incidents").route->method, "GET");
}

TEST(Router, AnEncodedSlashStaysInItsSegment) {
  const Router router = MakeRouter();
  const auto match = Find(router, "GET", "/api/v1/incidents/openai%2F8kb29fwgbp25");
  ASSERT_NE(match.route, nullptr);
  ASSERT_EQ(match.path_parameters.size(), 1u);
  EXPECT_EQ(match.path_parameters[0].first, "id");
  EXPECT_EQ(match.path_parameters[0].second, "openai/8kb29fwgbp25");
  EXPECT_EQ(Find(router, "GET", "/api/v1/incidents/openai/8kb29fwgbp25").route, nullptr);
}

TEST(Router, LiteralSegmentsWinOverParameters) {
  const Router router = MakeRouter();
  EXPECT_EQ(Find(router, "GET", "/api/v1/incidents/latest").route->pattern,
            "/api/v1/incidents/latest");
}

TEST(Router, AnEndingBehindAParameterIsAResourceOfItsOwn) {
  for (const bool backwards : {false, true}) {
    std::vector<Route> routes = {{"GET", "/analyses/{id}", nullptr},
                                 {"GET", "/analyses/{id}.csv", nullptr},
                                 {"GET", "/analyses/{id}/incidents", nullptr},
                                 {"POST", "/analyses:run", nullptr}};
    if (backwards) std::reverse(routes.begin(), routes.end());
    const Router router(routes);
    const auto table = Find(router, "GET", "/analyses/ttr.csv");
    ASSERT_NE(table.route, nullptr);
    EXPECT_EQ(table.route->pattern, "/analyses/{id}.csv");
    ASSERT_EQ(table.path_parameters.size(), 1u);
    EXPECT_EQ(table.path_parameters[0].first, "id");
    EXPECT_EQ(table.path_parameters[0].second, "ttr");
    EXPECT_EQ(table.allow, "GET, HEAD, OPTIONS");
    EXPECT_EQ(Find(router, "GET", "/analyses/ttr").route->pattern, "/analyses/{id}");
    EXPECT_EQ(Find(router, "GET", "/analyses/.csv").route->pattern, "/analyses/{id}")
        << "nothing is left of the name";
    EXPECT_EQ(Find(router, "GET", "/analyses/a.csv/incidents").path_parameters[0].second, "a.csv");
    EXPECT_EQ(Find(router, "GET", "/analyses:run").allow, "POST, OPTIONS");
  }
}

TEST(Router, TellsTheMethodsOfAKnownPath) {
  const Router router = MakeRouter();
  const auto match = Find(router, "DELETE", "/api/v1/incidents");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.allow, "GET, HEAD, POST, OPTIONS");
}

TEST(Router, UnknownPathsHaveNoMethods) {
  const Router router = MakeRouter();
  for (const char* target :
       {"/api/v1", "/api/v1/incidents/", "/api/v1/incidents/a/b", "/", "/API"}) {
    const auto match = Find(router, "GET", target);
    EXPECT_EQ(match.route, nullptr) << target;
    EXPECT_EQ(match.allow, "") << target;
  }
}

}  // namespace
}  // namespace fails::gateway::routing
