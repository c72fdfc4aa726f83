// SPDX-License-Identifier: Apache-2.0
// What Env says to a person: the command line, the help, the list of mistakes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "common/config/env.h"

namespace fails::config {
namespace {

constexpr int kUsageError = 2;

}  // namespace

std::string Env::HelpText() const {
  std::string text = fmt::format("{} {}\n{}\n\nUsage: {} [--help] [--version]\n\nEnvironment:\n",
                                 program_, FAILS_VERSION, purpose_, program_);
  for (const Entry& entry : entries_) {
    text += fmt::format("  {}\n      {} [{}]\n", entry.key, entry.help, entry.default_text);
  }
  return text;
}

void Env::ParseCommandLineOrExit(int argc, char** argv) const {
  CLI::App app(purpose_, program_);
  app.set_version_flag("--version", fmt::format("{} {}", program_, FAILS_VERSION));
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", HelpText());
    std::exit(EXIT_SUCCESS);
  } catch (const CLI::CallForVersion& version) {
    fmt::print("{}\n", version.what());
    std::exit(EXIT_SUCCESS);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "{}: {}\nTry {} --help.\n", program_, error.what(), program_);
    std::exit(kUsageError);
  }
}

void Env::ExitIfErrors() const {
  if (errors_.empty()) return;
  fmt::print(stderr, "{}: the environment does not hold what is needed:\n", program_);
  for (const std::string& error : errors_) fmt::print(stderr, "  {}\n", error);
  fmt::print(stderr, "Try {} --help.\n", program_);
  std::exit(kUsageError);
}

}  // namespace fails::config
