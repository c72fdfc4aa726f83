// SPDX-License-Identifier: Apache-2.0
// The house itself: sizes, signs on the doors, recipes that are true.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "tests/arch/source_tree.h"

namespace fails::arch {
namespace {

namespace fs = std::filesystem;

TEST(HouseTest, FilesStaySmall) {
  std::vector<int> sizes;
  for (const SourceFile& file : CppFiles()) {
    if (!IsTest(file.path)) sizes.push_back(file.lines);
    if (file.path.ends_with("/main.cpp")) {
      EXPECT_LT(file.lines, 40) << file.path;
    }
    EXPECT_LE(file.lines, 600) << file.path;
  }
  ASSERT_FALSE(sizes.empty());
  std::ranges::sort(sizes);
  EXPECT_LE(sizes[sizes.size() / 2], 120) << "median";
  EXPECT_LE(sizes[sizes.size() * 9 / 10], 350) << "nine in ten";
}

TEST(HouseTest, EveryRoomHasASignOnItsDoor) {
  for (const char* floor : {"common", "services", "tools"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(FAILS_SOURCE_DIR) / floor)) {
      if (!entry.is_directory()) continue;
      EXPECT_TRUE(fs::exists(entry.path() / "README.md")) << entry.path().filename();
    }
  }
  for (const char* name : {"common/utils", "common/util", "common/misc", "common/helpers"}) {
    EXPECT_FALSE(Exists(name)) << name << ": a folder is named after one responsibility";
  }
}

TEST(HouseTest, EverySourceNamesItsLicense) {
  for (const SourceFile& file : CppFiles()) {
    EXPECT_TRUE(file.text.starts_with("// SPDX-License-Identifier: Apache-2.0\n")) << file.path;
  }
}

// A recipe that names a file that is gone sends newcomers the wrong way.
TEST(HouseTest, PathsInTheGuidesExist) {
  static const std::regex path(
      R"(`((?:common|services|tools|deploy|tests|proto|cmake|docs)/[A-Za-z0-9_./-]*[A-Za-z0-9_/-])`)");
  int seen = 0;
  for (const char* guide : {"CONTRIBUTING.md", "README.md", "docs/architecture.md"}) {
    ASSERT_TRUE(Exists(guide));
    const std::string text = ReadFile(guide);
    for (std::sregex_iterator it(text.begin(), text.end(), path), end; it != end; ++it) {
      ++seen;
      const std::string named = (*it)[1];
      if (named.find("NNNN") != std::string::npos) continue;  // a pattern, not a file
      EXPECT_TRUE(Exists(named)) << guide << " names " << named;
    }
  }
  EXPECT_GT(seen, 20);
}

// Letters in lower case, without '_': ttr_distribution and TtrDistribution are one name.
std::string Squeezed(const std::string& text) {
  std::string squeezed;
  for (const unsigned char c : text) {
    if (c != '_') squeezed += static_cast<char>(std::tolower(c));
  }
  return squeezed;
}

// A plug-in is one file plus one line: every file of the folder is in its registry. What plug-ins
// share has a folder of its own below.
TEST(HouseTest, EveryPluginIsInItsRegistry) {
  struct Registry {
    std::string folder, registry;
    std::vector<std::string> not_plugins;
  };
  const std::vector<Registry> registries = {
      {"common/platforms",
       "common/platforms/registry.cpp",
       {"registry", "fingerprint", "import_format"}},
      {"services/analytics/analyses", "services/analytics/analyses/registry.cpp", {"registry"}},
      {"services/gateway/routes",
       "services/gateway/routes/registry.cpp",
       {"registry", "json_answer"}},
  };
  for (const Registry& registry : registries) {
    const std::string text = ReadFile(registry.registry);
    ASSERT_FALSE(text.empty()) << registry.registry;
    int plugins = 0;
    for (const SourceFile& file : FilesBelow(registry.folder)) {
      if (IsTest(file.path) || !file.path.ends_with(".cpp")) continue;
      if (fs::path(file.path).parent_path() != registry.folder) continue;
      const std::string name = fs::path(file.path).stem().string();
      if (std::ranges::count(registry.not_plugins, name)) continue;
      ++plugins;
      EXPECT_NE(Squeezed(text).find(Squeezed(name)), std::string::npos)
          << file.path << " is not in " << registry.registry;
    }
    EXPECT_GT(plugins, 0) << registry.folder;
  }
}

}  // namespace
}  // namespace fails::arch
