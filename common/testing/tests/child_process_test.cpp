// SPDX-License-Identifier: Apache-2.0
#include "common/testing/child_process.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "common/testing/await.h"
#include "common/testing/temp_dir.h"

namespace fails::testing {
namespace {

using ::testing::HasSubstr;

class ChildProcessTest : public ::testing::Test {
 protected:
  ChildProcess::Spec Shell(const std::string& script) {
    return {.command = {"/bin/sh", "-c", script}, .log = folder_.path() / "log"};
  }
  TempDir folder_{"fails-child-"};
};

TEST_F(ChildProcessTest, RunsWithItsEnvironmentAndLogs) {
  ChildProcess::Spec spec = Shell("echo $COLOUR; exit 3");
  spec.env = {{"COLOUR", "green"}};
  ChildProcess process(spec);
  EXPECT_EQ(process.Wait(), 3);
  EXPECT_FALSE(process.Running());
  EXPECT_EQ(ReadFile(spec.log), "green\n");
}

TEST_F(ChildProcessTest, TellsTheSignalThatEndedIt) {
  ChildProcess process(Shell("exec cat /dev/zero >/dev/null"));
  EXPECT_TRUE(process.Running());
  process.Signal(SIGKILL);
  EXPECT_EQ(process.Wait(), -SIGKILL);
}

TEST_F(ChildProcessTest, SaysWhatFailed) {
  EXPECT_THROW(ChildProcess({.command = {"/nowhere"}, .log = folder_.path() / "log"}),
               std::runtime_error);
  try {
    RunToEnd(Shell("echo reason; exit 1"));
    FAIL() << "did not throw";
  } catch (const std::runtime_error& e) {
    EXPECT_THAT(e.what(), HasSubstr("reason"));
  }
  EXPECT_THROW(FindProgram("no-such-program"), std::runtime_error);
  EXPECT_TRUE(std::filesystem::exists(FindProgram("sh")));
}

TEST_F(ChildProcessTest, OutlivesTheThreadThatAskedForIt) {
  std::unique_ptr<ChildProcess> process;
  std::thread([&] {
    process = std::make_unique<ChildProcess>(Shell("exec cat /dev/zero >/dev/null"));
  }).join();
  EXPECT_FALSE(Await([&] { return !process->Running(); }, absl::Milliseconds(200)));
}

TEST_F(ChildProcessTest, EndsWithTheObject) {
  auto process = std::make_unique<ChildProcess>(Shell("exec cat /dev/zero >/dev/null"));
  const pid_t pid = process->pid();
  EXPECT_EQ(kill(pid, 0), 0);
  process.reset();
  EXPECT_NE(kill(pid, 0), 0);
}

// Run by the test below, in a program of its own, which gets killed.
TEST(Program, DISABLED_StartsAChildAndWaits) {
  const ChildProcess process(
      {.command = {"/bin/sh", "-c", "exec cat /dev/zero >/dev/null"}, .log = "/dev/null"});
  std::ofstream note(std::getenv("FAILS_TEST_NOTE"));
  ASSERT_TRUE(note.is_open());
  note << process.pid() << std::endl;
  pause();
}

// A test program that is killed leaves no server behind.
TEST_F(ChildProcessTest, DiesWithTheProgram) {
  const auto note = folder_.path() / "pid";
  ChildProcess program({.command = {"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                    "--gtest_filter=*DISABLED_StartsAChildAndWaits"},
                        .env = {{"FAILS_TEST_NOTE", note.string()}},
                        .log = folder_.path() / "log"});
  ASSERT_TRUE(Await([&] { return ReadFile(note).ends_with("\n"); }));
  const pid_t child = std::stoi(ReadFile(note));
  EXPECT_EQ(kill(child, 0), 0);
  program.Signal(SIGKILL);
  EXPECT_EQ(program.Wait(), -SIGKILL);
  EXPECT_TRUE(Await([&] {
    const std::string stat = ReadFile(fmt::format("/proc/{}/stat", child));
    return stat.empty() || stat.find(") Z") != std::string::npos;
  }));
}

TEST(TempDirTest, IsGoneWithTheObject) {
  std::filesystem::path path;
  {
    const TempDir folder("fails-temp-");
    path = folder.path();
    EXPECT_TRUE(std::filesystem::is_directory(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace fails::testing
