// SPDX-License-Identifier: Apache-2.0
#include "common/bus/stored.h"

#include <fmt/format.h>

#include "common/base/status_macros.h"
#include "common/bus/handles.h"
#include "common/bus/message.h"
#include "common/bus/nats_status.h"
#include "common/bus/session.h"
#include "common/bus/tail.h"

namespace fails::bus {
absl::StatusOr<StoredMessage> GetStored(Connection& connection, const std::string& stream,
                                        std::uint64_t sequence) {
  const std::string doing = fmt::format("message {} of stream {}", sequence, stream);
  if (sequence == 0) return absl::NotFoundError(doing + ": sequences begin with 1");
  FAILS_ASSIGN_OR_RETURN(const auto session, connection.Acquire());
  natsMsg* raw = nullptr;
  jsErrCode code{};
  const natsStatus status =
      js_GetMsg(&raw, session->jetstream, stream.c_str(), sequence, nullptr, &code);
  if (status != NATS_OK) {
    absl::Status failed = ToStatus(status, doing, code);
    if (absl::IsNotFound(failed)) return failed;
    // A stream that is not there yet has no error of its own here.
    FAILS_RETURN_IF_ERROR(StateOf(*session, stream).status());
    return failed;
  }
  const MsgHandle message(raw);
  return StoredMessage{.sequence = natsMsg_GetSequence(raw),
                       .subject = natsMsg_GetSubject(raw),
                       .payload = std::string(PayloadOf(raw)),
                       .message_id = std::string(HeaderOf(raw, kMessageIdHeader)),
                       .headers = HeadersOf(raw),
                       .stored_at = absl::FromUnixNanos(natsMsg_GetTime(raw))};
}

absl::Status DeleteStored(Connection& connection, const std::string& stream,
                          std::uint64_t sequence) {
  FAILS_ASSIGN_OR_RETURN(const auto session, connection.Acquire());
  jsErrCode code{};
  const natsStatus status =
      js_DeleteMsg(session->jetstream, stream.c_str(), sequence, nullptr, &code);
  // The server has one error for all that hinders it; what is gone already hinders nobody.
  if (status != NATS_OK && absl::IsNotFound(GetStored(connection, stream, sequence).status())) {
    return absl::OkStatus();
  }
  return ToStatus(status, fmt::format("deleting message {} of stream {}", sequence, stream), code);
}

}  // namespace fails::bus
