// SPDX-License-Identifier: Apache-2.0
// The catalogs beside the simulator, against what it serves.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>
#include <string>

#include "tests/simulator/demo/pages.h"

namespace fails::simulator {
namespace {

YAML::Node Load(const std::string& name) {
  return YAML::LoadFile(std::string(FAILS_SOURCE_DIR) + "/tests/simulator/" + name);
}

TEST(CatalogsTest, TheDemoCatalogNamesTheComponentsOfTheDemoPages) {
  const YAML::Node catalog = Load("catalog-demo.yaml");
  ASSERT_EQ(catalog["providers"].size(), DemoPages().size());
  EXPECT_EQ(catalog["notice"].Scalar().rfind("Demo data: ", 0), 0u);
  for (std::size_t i = 0; i < DemoPages().size(); ++i) {
    const PageSpec& page = DemoPages()[i];
    const YAML::Node provider = catalog["providers"][i];
    EXPECT_EQ(provider["pages"][0]["url"].Scalar(), "https://" + page.host);
    std::set<std::string> listed, served;
    for (const YAML::Node& service : provider["services"]) {
      const YAML::Node component = service["components"][0];
      listed.insert(component["id"].Scalar() + " " + component["name"].Scalar());
    }
    for (const ComponentSpec& component : page.components) {
      served.insert(component.id + " " + component.name);
      EXPECT_EQ(component.id.size(), 12u) << component.id;
    }
    EXPECT_EQ(listed, served) << page.host;
  }
}

TEST(CatalogsTest, TheCatalogOf2024HasItsThreePages) {
  const YAML::Node catalog = Load("catalog-2024.yaml");
  ASSERT_EQ(catalog["providers"].size(), 3u);
  EXPECT_FALSE(catalog["notice"]);
  for (const YAML::Node& provider : catalog["providers"]) {
    EXPECT_EQ(provider["pages"][0]["platform"].Scalar(), "statuspage");
    EXPECT_EQ(provider["pages"][0]["status"].Scalar(), "active");
  }
}

}  // namespace
}  // namespace fails::simulator
