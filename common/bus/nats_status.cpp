// SPDX-License-Identifier: Apache-2.0
#include "common/bus/nats_status.h"

#include <fmt/format.h>

#include <string>

namespace fails::bus {
namespace {

absl::StatusCode CodeOf(natsStatus status) {
  switch (status) {
    case NATS_OK:
      return absl::StatusCode::kOk;
    case NATS_IO_ERROR:
    case NATS_CONNECTION_CLOSED:
    case NATS_NO_SERVER:
    case NATS_STALE_CONNECTION:
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_CONNECTION_AUTH_FAILED:
    case NATS_NOT_YET_CONNECTED:
    case NATS_DRAINING:
    case NATS_INVALID_SUBSCRIPTION:
    case NATS_TIMEOUT:
    case NATS_NO_RESPONDERS:
    case NATS_INSUFFICIENT_BUFFER:  // what is written while reconnecting fills a buffer
    case NATS_MISSED_HEARTBEAT:
    case NATS_MISMATCH:
      return absl::StatusCode::kUnavailable;
    case NATS_NOT_FOUND:
      return absl::StatusCode::kNotFound;
    case NATS_MAX_PAYLOAD:
      return absl::StatusCode::kResourceExhausted;
    case NATS_NOT_PERMITTED:
      return absl::StatusCode::kPermissionDenied;
    case NATS_ADDRESS_MISSING:
    case NATS_INVALID_SUBJECT:
    case NATS_INVALID_ARG:
      return absl::StatusCode::kInvalidArgument;
    default:
      return absl::StatusCode::kInternal;
  }
}

}  // namespace

absl::Status ToStatus(natsStatus status, std::string_view doing, jsErrCode code) {
  if (status == NATS_OK) return absl::OkStatus();
  std::string text = fmt::format("{}: {}", doing, natsStatus_GetText(status));
  natsStatus last = NATS_OK;
  const char* detail = nats_GetLastError(&last);
  // The library does not clear the text of an earlier error.
  if (detail != nullptr && last == status) text += fmt::format(" {}", detail);
  if (code != 0) text += fmt::format(" [{}]", static_cast<int>(code));
  return absl::Status(CodeOf(status), text);
}

}  // namespace fails::bus
