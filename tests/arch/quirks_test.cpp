// SPDX-License-Identifier: Apache-2.0
// What status pages really do, and one would not expect, has numbers; each has a test that names it
// and holds us to what was decided: Quirk07StagesOutOfOrder…
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <string>

#include "tests/arch/source_tree.h"

namespace fails::arch {
namespace {

constexpr int kQuirks = 23;

struct NamedTest {
  std::string name;
  std::string body;  // up to the next test
};

std::vector<NamedTest> TestsNamedAfterQuirks() {
  static const std::regex test(R"(\nTEST(?:_F|_P)?\(\w+,\s*(\w+)\))");
  std::vector<NamedTest> named;
  for (const SourceFile& file : CppFiles()) {
    if (!IsTest(file.path)) continue;
    const std::sregex_iterator end;
    for (std::sregex_iterator it(file.text.begin(), file.text.end(), test); it != end; ++it) {
      if (!(*it)[1].str().starts_with("Quirk")) continue;
      const auto next = std::next(it);
      const std::size_t begin = it->position() + it->length();
      const std::size_t stop = next == end ? file.text.size() : next->position();
      named.push_back({(*it)[1], file.text.substr(begin, stop - begin)});
    }
  }
  return named;
}

TEST(QuirksTest, EachHasATestThatAssertsSomething) {
  static const std::regex form("Quirk([0-9]{2})[A-Z]\\w+");
  std::map<int, int> tests;
  for (const NamedTest& test : TestsNamedAfterQuirks()) {
    std::smatch match;
    ASSERT_TRUE(std::regex_match(test.name, match, form))
        << test.name << ": two digits, then what is wanted";
    const int number = std::stoi(match[1]);
    EXPECT_TRUE(number >= 1 && number <= kQuirks) << test.name;
    EXPECT_TRUE(test.body.find("EXPECT_") != std::string::npos ||
                test.body.find("ASSERT_") != std::string::npos)
        << test.name;
    ++tests[number];
  }
  for (int number = 1; number <= kQuirks; ++number) {
    EXPECT_GT(tests[number], 0) << "no test is named after quirk " << number;
  }
}

}  // namespace
}  // namespace fails::arch
