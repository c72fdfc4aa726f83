// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/catalog_rewrite.h"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <string>

namespace fails::simulator {
namespace {

const char kCatalog[] = R"(version: 1
notice: "Demo data: nothing happened"
providers:
  - id: openai
    name: OpenAI
    color: "#10a37f"
    services:
      - id: dall-e
        name: DALL·E
        components: [{id: "0123456789", name: Labs}, {name: "true"}]
    pages:
      - id: openai
        platform: statuspage
        url: https://status.openai.com
        interval_seconds: 60
        status: active
  - id: other
    name: Other
    pages:
      - {id: other, url: "https://status.other.test/sub/", platform: statuspage}
  - id: none
    name: None
    pages: []
)";

TEST(CatalogRewriteTest, PointsThePagesAtTheSimulatorAndKeepsTheRest) {
  const absl::StatusOr<std::string> text =
      RewriteCatalog(kCatalog, "http://127.0.0.1:8090/", std::nullopt);
  ASSERT_TRUE(text.ok()) << text.status();
  const YAML::Node was = YAML::Load(kCatalog), is = YAML::Load(*text);
  EXPECT_EQ(is["providers"][0]["pages"][0]["url"].Scalar(),
            "http://127.0.0.1:8090/status.openai.com");
  EXPECT_EQ(is["providers"][1]["pages"][0]["url"].Scalar(),
            "http://127.0.0.1:8090/status.other.test/sub");
  EXPECT_EQ(is["providers"][0]["pages"][0]["interval_seconds"].as<int>(), 60);
  EXPECT_EQ(is["notice"].Scalar(), was["notice"].Scalar());
  EXPECT_EQ(is["providers"][0]["color"].Scalar(), "#10a37f");
  const YAML::Node components = is["providers"][0]["services"][0]["components"];
  EXPECT_EQ(components[0]["id"].Scalar(), "0123456789");
  EXPECT_EQ(components[1]["name"].Tag(), "!");  // still a quoted text, not a truth value
  EXPECT_TRUE(is["providers"][2]["pages"].IsSequence());
  EXPECT_LT(text->find("version"), text->find("notice"));
  EXPECT_LT(text->find("notice"), text->find("providers"));
  EXPECT_NE(text->find("DALL·E"), std::string::npos);
}

TEST(CatalogRewriteTest, OverridesThePollingInterval) {
  const absl::StatusOr<std::string> text = RewriteCatalog(kCatalog, "http://sim:1", 3);
  ASSERT_TRUE(text.ok()) << text.status();
  const YAML::Node is = YAML::Load(*text);
  EXPECT_EQ(is["providers"][0]["pages"][0]["interval_seconds"].as<int>(), 3);
  EXPECT_EQ(is["providers"][1]["pages"][0]["interval_seconds"].as<int>(), 3);
}

TEST(CatalogRewriteTest, SaysWhatIsWrong) {
  for (const char* wrong :
       {"", "providers: 7", "providers: [", "providers: [7]", "providers: [{pages: [{id: x}]}]",
        "providers: [{pages: [{url: ftp://x}]}]", "providers: [{pages: [{url: https:///x}]}]"}) {
    const absl::StatusOr<std::string> text = RewriteCatalog(wrong, "http://sim:1", std::nullopt);
    EXPECT_TRUE(absl::IsInvalidArgument(text.status())) << wrong;
    EXPECT_FALSE(text.status().message().empty());
  }
}

}  // namespace
}  // namespace fails::simulator
