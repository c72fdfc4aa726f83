// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fails::testing {

// A program that dies with this one, however this one ends. Its output goes to a file.
class ChildProcess {
 public:
  struct Spec {
    std::vector<std::string> command;          // the program with its path
    std::map<std::string, std::string> env{};  // added to this program's
    std::optional<std::string> user{};         // whom to become
    std::filesystem::path directory = "/";
    std::filesystem::path log{};  // appended
  };

  // Throws when it cannot be started.
  explicit ChildProcess(const Spec& spec);
  // Kills what still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  bool Running();
  void Signal(int signal) const;
  // Waits for its end; the exit status, or -signal.
  int Wait();

 private:
  pid_t pid_ = -1;
  std::optional<int> ended_;
};

// Runs to the end; throws with the output when it fails.
void RunToEnd(const ChildProcess::Spec& spec);

std::string ReadFile(const std::filesystem::path& path);
// In the folders given and on PATH; throws naming the program when it is nowhere.
std::filesystem::path FindProgram(const std::string& name,
                                  const std::vector<std::filesystem::path>& first = {});

}  // namespace fails::testing
