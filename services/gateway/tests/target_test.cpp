// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routing/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fails::gateway::routing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Target, SplitsBeforeItDecodes) {
  const auto target = ParseTarget("/api/v1/incidents/openai%2Fx?q=a%26b+c&empty=&flag");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_THAT(target->segments, ElementsAre("api", "v1", "incidents", "openai/x"));
  EXPECT_THAT(target->query, ElementsAre(Pair("q", "a&b c"), Pair("empty", ""), Pair("flag", "")));
  EXPECT_EQ(target->Path(), "/api/v1/incidents/openai/x");
}

TEST(Target, RootHasOneEmptySegment) {
  const auto target = ParseTarget("/");
  ASSERT_TRUE(target.ok());
  EXPECT_THAT(target->segments, ElementsAre(""));
  EXPECT_THAT(target->query, IsEmpty());
  EXPECT_EQ(target->Path(), "/");
}

TEST(Target, TakesTheAbsoluteFormOfProxies) {
  for (const char* text : {"http://host:80/a?b=c", "HTTPS://host/a?b=c"}) {
    const auto target = ParseTarget(text);
    ASSERT_TRUE(target.ok()) << text;
    EXPECT_EQ(target->Path(), "/a");
    EXPECT_THAT(target->query, ElementsAre(Pair("b", "c")));
  }
  EXPECT_EQ(ParseTarget("http://host")->Path(), "/");
}

TEST(Target, PlusIsASpaceInQueriesOnly) {
  const auto target = ParseTarget("/a+b?c+d=e+f");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->Path(), "/a+b");
  EXPECT_THAT(target->query, ElementsAre(Pair("c d", "e f")));
}

TEST(Target, RefusesWhatIsNoTarget) {
  for (const char* text : {"",        "*",    "host:443", "a/b",
                           "/%",      "/%2",  "/%zz",     "/a%0",
                           "/?q=%g1", "/%00", "/%0a",     "/%7f",
                           "/?x=%0d", "/%ff", "/%c3%28",  "/?q=%ed%a0%80",
                           "/a#b",    "/a b", "/\x80",    "http://host?x=1"}) {
    EXPECT_EQ(ParseTarget(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(Target, DecodesUtf8) {
  const auto target = ParseTarget("/?q=%C3%A4%E2%82%AC");
  ASSERT_TRUE(target.ok());
  EXPECT_THAT(target->query, ElementsAre(Pair("q", "ä€")));
}

}  // namespace
}  // namespace fails::gateway::routing
