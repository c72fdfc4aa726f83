// SPDX-License-Identifier: Apache-2.0
#include "common/testing/spawn.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>

#include "absl/synchronization/mutex.h"

namespace fails::testing {
namespace {

// Everything the child needs, made before the fork: between fork and exec it may only make system
// calls.
struct Prepared {
  std::vector<char*> argv, envp;
  std::string directory, log;
  std::optional<passwd> user{};
};

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> Environment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> texts;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!added.contains(text.substr(0, text.find('=')))) texts.push_back(text);
  }
  for (const auto& [name, value] : added) texts.push_back(fmt::format("{}={}", name, value));
  return texts;
}

// Reports an error through the pipe and ends.
[[noreturn]] void Fail(int pipe) {
  const int error = errno;
  [[maybe_unused]] const ssize_t written = write(pipe, &error, sizeof error);
  _exit(127);
}

[[noreturn]] void BecomeChild(const Prepared& prepared, pid_t parent, int pipe) {
  const int log = open(prepared.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (log < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0) Fail(pipe);
  const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null < 0 || dup2(null, 0) < 0) Fail(pipe);
  if (prepared.user && (setgroups(0, nullptr) != 0 || setgid(prepared.user->pw_gid) != 0 ||
                        setuid(prepared.user->pw_uid) != 0)) {
    Fail(pipe);
  }
  // After setuid, which forgets it.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) Fail(pipe);
  if (getppid() != parent) _exit(127);
  if (chdir(prepared.directory.c_str()) != 0) Fail(pipe);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  execve(prepared.argv[0], prepared.argv.data(), prepared.envp.data());
  Fail(pipe);
}

pid_t ForkAndExecute(const ChildProcess::Spec& spec) {
  std::vector<std::string> command = spec.command;
  std::vector<std::string> environment = Environment(spec.env);
  Prepared prepared = {.argv = Pointers(command),
                       .envp = Pointers(environment),
                       .directory = spec.directory.string(),
                       .log = spec.log.string()};
  if (spec.user) {
    const passwd* user = getpwnam(spec.user->c_str());
    if (user == nullptr) throw std::runtime_error(fmt::format("no user '{}'", *spec.user));
    prepared.user = *user;
  }
  int pipe[2];
  if (pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error(std::strerror(errno));
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) BecomeChild(prepared, parent, pipe[1]);
  close(pipe[1]);
  int error = 0;
  const bool failed = pid < 0 || read(pipe[0], &error, sizeof error) == sizeof error;
  close(pipe[0]);
  if (failed) {
    throw std::runtime_error(
        fmt::format("{}: {}", spec.command[0], std::strerror(pid < 0 ? errno : error)));
  }
  return pid;
}

class Spawner {
 public:
  static Spawner& Get() {
    static Spawner* const spawner = new Spawner();  // with its thread to the end of the program
    return *spawner;
  }

  pid_t Run(std::packaged_task<pid_t()> task) {
    std::future<pid_t> result = task.get_future();
    const absl::MutexLock one_at_a_time(&callers_);
    absl::MutexLock lock(&mutex_);
    task_ = std::move(task);
    mutex_.Await(absl::Condition(this, &Spawner::Empty));
    return result.get();
  }

 private:
  Spawner() {
    std::thread([this] { Serve(); }).detach();
  }

  bool Empty() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !task_.has_value(); }
  bool Full() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return task_.has_value(); }

  void Serve() {
    while (true) {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &Spawner::Full));
      (*task_)();
      task_.reset();
    }
  }

  absl::Mutex callers_;
  absl::Mutex mutex_;
  std::optional<std::packaged_task<pid_t()>> task_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

pid_t Spawn(const ChildProcess::Spec& spec) {
  return Spawner::Get().Run(std::packaged_task<pid_t()>([&] { return ForkAndExecute(spec); }));
}

}  // namespace fails::testing
