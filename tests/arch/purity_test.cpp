// SPDX-License-Identifier: Apache-2.0
// What pure code may not touch, and what no code may hold.
#include <gtest/gtest.h>

#include <regex>

#include "tests/arch/source_tree.h"

namespace fails::arch {
namespace {

bool IsPure(const std::string& path) {
  return path.starts_with("common/platforms/") || path.starts_with("common/domain/") ||
         path.find("/domain/") != std::string::npos || path.find("/analyses/") != std::string::npos;
}

// The code without comments, so that a word in an explanation is no finding.
std::string CodeOf(const SourceFile& file) {
  static const std::regex comment(R"(//[^\n]*)");
  return std::regex_replace(file.text, comment, "");
}

TEST(PurityTest, PlatformsAndDomainsReadNoClockSocketOrDatabase) {
  static const std::regex impure(
      R"(absl::Now|system_clock|steady_clock|gettimeofday|std::time\b|<fstream>|<pqxx|nats\.h|curl/|sys/socket|grpcpp/|getenv|std::random_device)");
  for (const SourceFile& file : CppFiles()) {
    if (!IsPure(file.path) || IsTest(file.path)) continue;
    const std::string code = CodeOf(file);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(code, found, impure)) << file.path << ": " << found.str();
  }
}

TEST(PurityTest, ErrorsAreCaughtWholeOnlyAtTheEdgeOfAThread) {
  for (const SourceFile& file : CppFiles()) {
    if (IsTest(file.path) || file.path.starts_with("common/runtime/") ||
        file.path == "common/bus/consumer.cpp") {
      continue;
    }
    EXPECT_EQ(CodeOf(file).find("catch (...)"), std::string::npos) << file.path;
  }
}

TEST(PurityTest, NoFactAboutAProviderStandsInCode) {
  static const std::regex provider(R"((openai|anthropic|character\.ai|stability\.ai)\b)",
                                   std::regex::icase);
  std::vector<SourceFile> files = CppFiles();
  for (SourceFile& file : FilesBelow("services/web/src")) files.push_back(std::move(file));
  for (const SourceFile& file : files) {
    // Vendors of language models are the business of insight's llm/.
    if (IsTest(file.path) || file.path.find(".test.") != std::string::npos ||
        file.path.starts_with("services/web/src/testing/") ||
        file.path.starts_with("services/insight/llm/")) {
      continue;
    }
    const std::string code = CodeOf(file);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(code, found, provider))
        << file.path << " names '" << found.str()
        << "': that belongs into deploy/catalog/providers.yaml";
  }
}

TEST(PurityTest, NobodyWaitsByCountingTime) {
  static const std::regex sleep(R"(sleep_for|absl::SleepFor|\busleep\(|\bsleep\()");
  for (const SourceFile& file : CppFiles()) {
    // Await is the one place that looks again and again, for tests; httplib 0.11 offers no event
    // for "it runs now".
    if (file.path == "common/testing/await.cpp" || file.path == "common/runtime/admin_server.cpp" ||
        file.path.starts_with("tests/arch/")) {
      continue;
    }
    const std::string code = CodeOf(file);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(code, found, sleep)) << file.path << ": " << found.str();
  }
}

// ctest runs the tests of one program side by side, each as a process of its own: two that write
// one path break each other now and then.
TEST(PurityTest, NoTwoTestsShareAScratchFile) {
  static const std::regex shared(R"(::TempDir\(\)|["']/tmp/)");
  for (const SourceFile& file : CppFiles()) {
    const std::string code = CodeOf(file);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(code, found, shared))
        << file.path << ": " << found.str() << ": use common/testing/temp_dir.h";
  }
}

}  // namespace
}  // namespace fails::arch
