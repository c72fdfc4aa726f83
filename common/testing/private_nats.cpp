// SPDX-License-Identifier: Apache-2.0
#include "common/testing/private_nats.h"

#include <fmt/format.h>
#include <signal.h>

#include <cstdint>
#include <stdexcept>

#include "common/testing/await.h"
#include "common/testing/child_process.h"
#include "common/testing/free_port.h"
#include "common/testing/temp_dir.h"

namespace fails::testing {
namespace {

constexpr char kUser[] = "fails";
constexpr char kPassword[] = "private";

}  // namespace

struct PrivateNats::Impl {
  bool TryStart();

  TempDir folder{"fails-nats-"};
  std::uint16_t port = 0;
  std::unique_ptr<ChildProcess> process;
};

// False when it ended at once, as it does when somebody took the port.
bool PrivateNats::Impl::TryStart() {
  process = std::make_unique<ChildProcess>(
      ChildProcess::Spec{.command = {FindProgram("nats-server").string(), "--config",
                                     FAILS_SOURCE_DIR "/deploy/nats/server.conf"},
                         .env = {{"FAILS_NATS_HOST", "127.0.0.1"},
                                 {"FAILS_NATS_PORT", fmt::format("{}", port)},
                                 {"FAILS_NATS_MONITOR", "127.0.0.1:-1"},
                                 {"FAILS_NATS_STORE", (folder.path() / "store").string()},
                                 {"FAILS_NATS_USER", kUser},
                                 {"FAILS_NATS_PASSWORD", kPassword}},
                         .log = folder.path() / "log"});
  Await([this] { return Greets(port) || !process->Running(); });
  return process->Running();
}

PrivateNats::PrivateNats() : impl_(std::make_unique<Impl>()) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    impl_->port = FreePort();
    if (impl_->TryStart()) return;
  }
  throw std::runtime_error("nats-server does not start:\n" +
                           ReadFile(impl_->folder.path() / "log"));
}

PrivateNats::~PrivateNats() = default;

std::string PrivateNats::url() const {
  return fmt::format("nats://{}:{}@127.0.0.1:{}", kUser, kPassword, impl_->port);
}

void PrivateNats::Kill() {
  impl_->process->Signal(SIGKILL);
  impl_->process->Wait();
}

void PrivateNats::Start() {
  if (impl_->process->Running()) return;
  // Meanwhile a connection of anybody may have been given the port as its own end.
  if (!Await([this] { return impl_->TryStart(); })) {
    throw std::runtime_error("nats-server does not start again:\n" +
                             ReadFile(impl_->folder.path() / "log"));
  }
}

void PrivateNats::EraseStore() {
  std::filesystem::remove_all(impl_->folder.path() / "store");
}

}  // namespace fails::testing
