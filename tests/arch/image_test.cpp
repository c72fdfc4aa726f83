// SPDX-License-Identifier: Apache-2.0
// What the container image is built from is sent to its builder.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/arch/source_tree.h"

namespace fails::arch {
namespace {

constexpr char kDockerfile[] = "deploy/docker/Dockerfile";

std::string FirstFolder(const std::string& path) {
  return path.substr(0, path.find('/'));
}

// `COPY from... to` of the checkout, not of another stage.
std::vector<std::string> CopiedSources() {
  std::vector<std::string> sources;
  std::istringstream lines(ReadFile(kDockerfile));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word;
    if (!(words >> word) || word != "COPY") continue;
    std::vector<std::string> arguments;
    while (words >> word) arguments.push_back(word);
    if (arguments.empty() || arguments[0].starts_with("--from=")) continue;
    arguments.pop_back();
    sources.insert(sources.end(), arguments.begin(), arguments.end());
  }
  return sources;
}

// The exceptions from "ignore everything".
std::set<std::string> SentFolders() {
  std::set<std::string> folders;
  std::istringstream lines(ReadFile(".dockerignore"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("!")) folders.insert(FirstFolder(line.substr(1)));
  }
  return folders;
}

TEST(ImageTest, EverythingCopiedIsThereAndSent) {
  const std::set<std::string> sent = SentFolders();
  const std::vector<std::string> copied = CopiedSources();
  EXPECT_GT(copied.size(), 5u);
  for (const std::string& source : copied) {
    EXPECT_TRUE(Exists(source)) << source;
    EXPECT_TRUE(sent.contains(FirstFolder(source))) << source << " is kept back by .dockerignore";
  }
}

}  // namespace
}  // namespace fails::arch
