// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/status.h"

#include <cstddef>
#include <string>

namespace fails::rpc {
namespace {

constexpr std::size_t kMaxMessage = 1024;

// Cuts in front of a UTF-8 sequence, never inside one.
std::string CutMessage(std::string message) {
  if (message.size() <= kMaxMessage) return message;
  std::size_t end = kMaxMessage;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
  message.resize(end);
  return message;
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return {static_cast<grpc::StatusCode>(status.code()),
          CutMessage({status.message().data(), status.message().size()})};
}

absl::Status FromGrpc(const grpc::Status& status) {
  return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
}

}  // namespace fails::rpc
