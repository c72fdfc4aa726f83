// SPDX-License-Identifier: Apache-2.0
#include "common/testing/child_process.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "common/testing/spawn.h"

namespace fails::testing {
namespace {

int StatusOf(int wait_status) {
  return WIFSIGNALED(wait_status) ? -WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

}  // namespace

ChildProcess::ChildProcess(const Spec& spec) : pid_(Spawn(spec)) {}

ChildProcess::~ChildProcess() {
  if (!Running()) return;
  Signal(SIGKILL);
  Wait();
}

bool ChildProcess::Running() {
  if (ended_) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == 0) return true;
  ended_ = StatusOf(status);
  return false;
}

void ChildProcess::Signal(int signal) const {
  if (!ended_) kill(pid_, signal);
}

int ChildProcess::Wait() {
  int status = 0;
  while (!ended_) {
    if (waitpid(pid_, &status, 0) == pid_) {
      ended_ = StatusOf(status);
    } else if (errno != EINTR) {
      throw std::runtime_error("waitpid failed");
    }
  }
  return *ended_;
}

void RunToEnd(const ChildProcess::Spec& spec) {
  ChildProcess process(spec);
  if (const int status = process.Wait(); status != 0) {
    throw std::runtime_error(
        fmt::format("{} ended with {}:\n{}", spec.command[0], status, ReadFile(spec.log)));
  }
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::filesystem::path FindProgram(const std::string& name,
                                  const std::vector<std::filesystem::path>& first) {
  std::vector<std::filesystem::path> folders = first;
  const char* path = std::getenv("PATH");
  std::istringstream list(path == nullptr ? "" : path);
  for (std::string folder; std::getline(list, folder, ':');) folders.emplace_back(folder);
  folders.emplace_back("/usr/sbin");
  for (const std::filesystem::path& folder : folders) {
    if (access((folder / name).c_str(), X_OK) == 0) return folder / name;
  }
  throw std::runtime_error(fmt::format("no program '{}' on PATH", name));
}

}  // namespace fails::testing
