// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/cli.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fails::simulator {
namespace {

int RunWith(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "fails-simulator");
  return RunCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

TEST(CliTest, HelpAndVersionAreNoErrors) {
  EXPECT_EQ(RunWith({"--help"}), 0);
  EXPECT_EQ(RunWith({"serve", "--help"}), 0);
  EXPECT_EQ(RunWith({"--version"}), 0);
}

TEST(CliTest, WrongArgumentsAreTwo) {
  const std::vector<std::vector<const char*>> wrong = {
      {},
      {"dance"},
      {"serve"},
      {"serve", "--listen", "127.0.0.1:0"},
      {"serve", "--listen", "127.0.0.1", "--demo"},
      {"serve", "--listen", "127.0.0.1:99999", "--demo"},
      {"serve", "--listen", "127.0.0.1:0", "--demo", "--pages", "."},
      {"serve", "--listen", "127.0.0.1:0", "--pages", ".", "--seed", "1"},
      {"serve", "--listen", "127.0.0.1:0", "--demo", "--speed", "0"},
      {"serve", "--listen", "127.0.0.1:0", "--demo", "--years", "x"},
      {"rewrite-catalog"},
      {"rewrite-catalog", "file.yaml"},
      {"rewrite-catalog", "file.yaml", "--base", "simulator:80"},
      {"rewrite-catalog", "file.yaml", "--base", "http://s", "--interval-seconds", "0"},
  };
  for (const std::vector<const char*>& arguments : wrong) {
    std::string line;
    for (const char* argument : arguments) line += std::string(argument) + " ";
    EXPECT_EQ(RunWith(arguments), 2) << line;
  }
}

TEST(CliTest, WhatCannotBeDoneIsOne) {
  EXPECT_EQ(RunWith({"rewrite-catalog", "/no/such/file.yaml", "--base", "http://s"}), 1);
  EXPECT_EQ(RunWith({"serve", "--listen", "127.0.0.1:0", "--pages", "/no/such/folder"}), 1);
}

}  // namespace
}  // namespace fails::simulator
