// SPDX-License-Identifier: Apache-2.0
#include "common/config/env.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "common/testing/temp_dir.h"

namespace fails::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Env MakeEnv(std::map<std::string, std::string> variables) {
  return Env(
      "fails-test", "Does nothing.",
      [variables = std::move(variables)](const std::string& key) -> std::optional<std::string> {
        const auto found = variables.find(key);
        if (found == variables.end()) return std::nullopt;
        return found->second;
      });
}

// A file with `content`, removed with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content) { std::ofstream(path_) << content; }
  const std::string& path() const { return path_; }

 private:
  const testing::TempDir folder_{"fails-env"};
  const std::string path_ = folder_.path() / "value";
};

TEST(EnvTest, ReadsValues) {
  Env env = MakeEnv({{"NAME", "x"},
                     {"COUNT", "-3"},
                     {"FLAG", "true"},
                     {"WAIT", "250ms"},
                     {"ADDRESS", "[::1]:0"},
                     {"LEVEL", "warn"}});
  EXPECT_EQ(env.String("NAME", std::nullopt, "h"), "x");
  EXPECT_EQ(env.Integer("COUNT", 1, -5, 5, "h"), -3);
  EXPECT_TRUE(env.Boolean("FLAG", false, "h"));
  EXPECT_EQ(env.Duration("WAIT", std::nullopt, "h"), absl::Milliseconds(250));
  EXPECT_EQ(env.Address("ADDRESS", std::nullopt, "h"), "[::1]:0");
  EXPECT_EQ(env.Choice("LEVEL", "info", {"info", "warn"}, "h"), "warn");
  EXPECT_THAT(env.errors(), IsEmpty());
}

TEST(EnvTest, DefaultsStandInForUnsetAndEmpty) {
  Env env = MakeEnv({{"EMPTY", ""}});
  EXPECT_EQ(env.String("EMPTY", "d", "h"), "d");
  EXPECT_EQ(env.Integer("COUNT", 4, 0, 5, "h"), 4);
  EXPECT_TRUE(env.Boolean("FLAG", true, "h"));
  EXPECT_EQ(env.Duration("WAIT", absl::Seconds(30), "h"), absl::Seconds(30));
  EXPECT_EQ(env.Address("ADDRESS", "localhost:80", "h"), "localhost:80");
  EXPECT_EQ(env.Choice("LEVEL", "info", {"info", "warn"}, "h"), "info");
  EXPECT_EQ(env.Secret("KEY", "", "h"), "");
  EXPECT_THAT(env.errors(), IsEmpty());
}

TEST(EnvTest, CollectsEveryError) {
  Env env = MakeEnv(
      {{"COUNT", "6"}, {"WORD", "7x"}, {"FLAG", "maybe"}, {"WAIT", "soon"}, {"LEVEL", "loud"}});
  env.String("NAME", std::nullopt, "h");
  env.Integer("COUNT", 1, 0, 5, "h");
  env.Integer("WORD", 1, 0, 50, "h");
  env.Boolean("FLAG", false, "h");
  env.Duration("WAIT", std::nullopt, "h");
  env.Choice("LEVEL", "info", {"info", "warn"}, "h");
  env.File("FILE", "/nowhere/at/all", "h");
  env.Secret("KEY", std::nullopt, "h");
  EXPECT_THAT(env.errors(), ElementsAre("NAME: is required, but not set",
                                        "COUNT: \"6\" is not a whole number from 0 to 5",
                                        "WORD: \"7x\" is not a whole number from 0 to 50",
                                        "FLAG: \"maybe\" is not true or false",
                                        "WAIT: \"soon\" is not a duration like 250ms, 30s or 2h",
                                        "LEVEL: \"loud\" is not one of info, warn",
                                        "FILE: \"/nowhere/at/all\" does not exist",
                                        "KEY: is required, but neither it nor KEY_FILE is set"));
}

class AddressTest : public ::testing::TestWithParam<const char*> {};

TEST_P(AddressTest, IsRefused) {
  Env env = MakeEnv({{"ADDRESS", GetParam()}});
  env.Address("ADDRESS", std::nullopt, "h");
  ASSERT_EQ(env.errors().size(), 1u);
  EXPECT_THAT(env.errors()[0], HasSubstr("is not host:port"));
}

INSTANTIATE_TEST_SUITE_P(Malformed, AddressTest,
                         ::testing::Values("localhost", ":80", "host:", "host:65536", "host:-1",
                                           "host:+1", "host:8x", "::1:80", "[]:80",
                                           "host:99999999999999999999"));

TEST(EnvTest, SecretComesFromTheFileWithoutItsNewline) {
  const TemporaryFile file("s3cret\n");
  Env env = MakeEnv({{"KEY_FILE", file.path()}});
  EXPECT_EQ(env.Secret("KEY", std::nullopt, "h"), "s3cret");
  EXPECT_THAT(env.errors(), IsEmpty());
}

TEST(EnvTest, SecretMistakesNameTheirKeyAndNotTheSecret) {
  const TemporaryFile empty("\n");
  Env env = MakeEnv({{"A", "hush"},
                     {"A_FILE", "/a"},
                     {"B_FILE", "/nowhere"},
                     {"C_FILE", empty.path()},
                     {"D_FILE", "/"}});
  for (const char* key : {"A", "B", "C", "D"}) env.Secret(key, "", "h");
  EXPECT_THAT(env.errors(), ElementsAre("A: is set, and so is A_FILE: keep one",
                                        "B_FILE: \"/nowhere\" does not exist",
                                        HasSubstr("is empty"), "D_FILE: \"/\" is a folder"));
}

TEST(EnvTest, HelpListsKeysDefaultsAndNoSecret) {
  Env env = MakeEnv({{"KEY", "hush"}});
  env.String("NAME", std::nullopt, "who");
  env.Duration("WAIT", absl::Minutes(2), "how long");
  env.Choice("LEVEL", "info", {"info", "warn"}, "least level");
  env.Secret("KEY", "fallback", "a key");
  const std::string help = env.HelpText();
  EXPECT_THAT(help, HasSubstr("Does nothing."));
  EXPECT_THAT(help, HasSubstr("NAME\n      who [required]"));
  EXPECT_THAT(help, HasSubstr("WAIT\n      how long [default: 2m]"));
  EXPECT_THAT(help, HasSubstr("LEVEL\n      least level (info, warn) [default: info]"));
  EXPECT_THAT(
      help,
      HasSubstr("KEY\n      a key; or KEY_FILE, the path of a file that holds it [optional]"));
  EXPECT_THAT(help, Not(HasSubstr("hush")));
  EXPECT_THAT(help, Not(HasSubstr("fallback")));
}

TEST(EnvTest, ReadsTheEnvironmentOfTheProcess) {
  ASSERT_EQ(setenv("FAILS_ENV_TEST", "here", 1), 0);
  Env env("fails-test", "Does nothing.");
  EXPECT_EQ(env.String("FAILS_ENV_TEST", std::nullopt, "h"), "here");
}

// Exits as main() would, with `argument` on the command line.
void RunMain(std::map<std::string, std::string> variables, const char* argument) {
  Env env = MakeEnv(std::move(variables));
  env.String("NAME", std::nullopt, "who");
  env.Integer("COUNT", 1, 0, 5, "how many");
  std::string program = "fails-test", text = argument == nullptr ? "" : argument;
  char* argv[] = {program.data(), text.data(), nullptr};
  // What goes to stdout belongs to the answer; a death test looks at stderr.
  dup2(STDERR_FILENO, STDOUT_FILENO);
  env.ParseCommandLineOrExit(argument == nullptr ? 1 : 2, argv);
  env.ExitIfErrors();
  std::exit(42);
}

TEST(EnvDeathTest, HelpAnswersEvenWithoutSettings) {
  EXPECT_EXIT(RunMain({}, "--help"), ::testing::ExitedWithCode(0), "Environment:");
}

TEST(EnvDeathTest, VersionAnswers) {
  EXPECT_EXIT(RunMain({}, "--version"), ::testing::ExitedWithCode(0),
              "^fails-test [0-9]+\\.[0-9]+\\.[0-9]+\n$");
}

TEST(EnvDeathTest, UnknownArgumentsExit2) {
  EXPECT_EXIT(RunMain({{"NAME", "x"}}, "--nonsense"), ::testing::ExitedWithCode(2), "nonsense");
  EXPECT_EXIT(RunMain({{"NAME", "x"}}, "stray"), ::testing::ExitedWithCode(2), "stray");
}

TEST(EnvDeathTest, BadSettingsAreAllToldAndExit2) {
  EXPECT_EXIT(RunMain({{"COUNT", "x"}}, nullptr), ::testing::ExitedWithCode(2),
              "NAME: is required(.|\n)*COUNT: \"x\"");
}

TEST(EnvDeathTest, GoodSettingsGoOn) {
  EXPECT_EXIT(RunMain({{"NAME", "x"}}, nullptr), ::testing::ExitedWithCode(42), "^$");
}

}  // namespace
}  // namespace fails::config
