// SPDX-License-Identifier: Apache-2.0
// Who may include whom. design.md, section 2: dependencies point one way.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "tests/arch/source_tree.h"

namespace fails::arch {
namespace {

std::vector<std::string> Split(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream in(path);
  for (std::string part; std::getline(in, part, '/');) parts.push_back(part);
  return parts;
}

// What each folder of common/ may use of the others.
const std::map<std::string, std::set<std::string>> kShelf = {
    {"base", {}},
    {"domain", {"base"}},
    {"platforms", {"base", "domain"}},
    {"catalog", {"base", "domain", "platforms"}},
    {"wire", {"base", "domain"}},
    {"config", {"base"}},
    {"obs", {"base"}},
    {"runtime", {"base", "obs"}},
    {"http", {"base", "obs"}},
    {"rpc", {"base", "obs"}},
    {"pg", {"base", "obs", "runtime"}},
    {"bus", {"base", "obs", "runtime"}},
    {"outbox", {"base", "obs", "runtime", "bus", "pg"}},
    {"testing", {"base", "obs"}},
};

// What a folder inside a process may use of the same process.
const std::map<std::string, std::set<std::string>> kLayers = {
    {"domain", {"domain"}},
    {"analyses", {"analyses", "domain"}},
    // The gateway's rooms: http at the bottom, routes on top, app what holds for every answer.
    {"http", {"http"}},
    {"routing", {"routing", "http"}},
    {"events", {"events", "http"}},
    {"static_files", {"static_files", "http"}},
    {"auth", {"auth", "http"}},
    {"upstream", {"upstream", "http"}},
    {"routes", {"routes", "routing", "http", "events", "upstream"}},
    {"app", {"app", "domain", "analyses", "http", "routing", "static_files", "auth"}},
    {"adapters", {"adapters", "app", "domain", "analyses"}},
};

TEST(LayerRulesTest, CommonIsAShelfWhoseFoldersKnowOnlyWhatStandsBelow) {
  for (const SourceFile& file : CppFiles()) {
    const auto parts = Split(file.path);
    if (parts[0] != "common" || IsTest(file.path)) continue;
    ASSERT_TRUE(kShelf.contains(parts[1])) << "common/" << parts[1] << " is not on the list above";
    for (const std::string& include : QuotedIncludes(file)) {
      const auto target = Split(include);
      EXPECT_NE(target[0], "services") << file.path << " includes " << include;
      if (target[0] != "common" || target[1] == parts[1]) continue;
      EXPECT_TRUE(kShelf.at(parts[1]).contains(target[1])) << file.path << " includes " << include;
    }
  }
}

TEST(LayerRulesTest, NoProcessIncludesAnother) {
  for (const SourceFile& file : CppFiles()) {
    const auto parts = Split(file.path);
    if (parts[0] != "services") continue;
    for (const std::string& include : QuotedIncludes(file)) {
      const auto target = Split(include);
      EXPECT_NE(target[0], "tests") << file.path << " includes " << include;
      if (target[0] == "services") {
        EXPECT_EQ(target[1], parts[1]) << file.path << " includes " << include;
      }
    }
  }
}

TEST(LayerRulesTest, ToolsStandOnTheShelfAlone) {
  for (const SourceFile& file : CppFiles()) {
    const auto parts = Split(file.path);
    for (const std::string& include : QuotedIncludes(file)) {
      const auto target = Split(include);
      if (parts[0] != "tools") {
        EXPECT_NE(target[0], "tools") << file.path << " includes " << include;
        continue;
      }
      EXPECT_NE(target[0], "services") << file.path << " includes " << include;
      if (target[0] == "tools") {
        EXPECT_EQ(target[1], parts[1]) << file.path << " includes " << include;
      }
    }
  }
}

TEST(LayerRulesTest, InsideAProcessDependenciesPointFromMainToDomain) {
  for (const SourceFile& file : CppFiles()) {
    const auto parts = Split(file.path);
    if (parts[0] != "services" || IsTest(file.path) || parts.size() < 4) continue;
    const auto layer = kLayers.find(parts[2]);
    if (layer == kLayers.end()) continue;
    for (const std::string& include : QuotedIncludes(file)) {
      const auto target = Split(include);
      if (target[0] != "services") continue;
      if (target.size() == 3) {  // a file beside main.cpp
        EXPECT_TRUE(target[2] != "wiring.h" && target[2] != "config.h")
            << file.path << " includes " << include;
        continue;
      }
      EXPECT_TRUE(layer->second.contains(target[2])) << file.path << " includes " << include;
    }
  }
}

TEST(LayerRulesTest, OnlyItsOwnersTouchTheDatabaseAndTheBrowserSide) {
  for (const SourceFile& file : CppFiles()) {
    if (IsTest(file.path)) continue;
    const bool sql = file.text.find("common/pg/") != std::string::npos ||
                     file.text.find("<pqxx/") != std::string::npos;
    for (const char* process : {"services/gateway/", "services/scraper/", "services/insight/"}) {
      EXPECT_FALSE(sql && file.path.starts_with(process)) << file.path << " touches the database";
    }
    const bool outbox = file.text.find("common/outbox/") != std::string::npos;
    EXPECT_FALSE(outbox && file.path.starts_with("services/") &&
                 !file.path.starts_with("services/normalizer/"))
        << file.path << ": the normalizer is the only publisher of incident events";
  }
}

}  // namespace
}  // namespace fails::arch
