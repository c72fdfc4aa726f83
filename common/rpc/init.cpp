// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/init.h"

#include <grpc/grpc.h>
#include <grpc/support/log.h>

#include <mutex>

#include "common/obs/log.h"

namespace fails::rpc {
namespace {

void Log(gpr_log_func_args* entry) {
  const auto level =
      entry->severity == GPR_LOG_SEVERITY_ERROR ? spdlog::level::warn : spdlog::level::debug;
  spdlog::log(level, "grpc: {}", entry->message);
}

}  // namespace

void InitGrpc() {
  static std::once_flag once;
  std::call_once(once, [] {
    gpr_set_log_function(Log);
    grpc_init();  // has no grpc_shutdown() on purpose
  });
}

}  // namespace fails::rpc
