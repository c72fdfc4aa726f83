// SPDX-License-Identifier: Apache-2.0
#include "common/bus/publisher.h"

#include <fmt/format.h>

#include <algorithm>

#include "absl/random/random.h"
#include "absl/synchronization/notification.h"
#include "common/base/status_macros.h"
#include "common/bus/message.h"
#include "common/bus/nats_status.h"
#include "common/bus/session.h"

namespace fails::bus {
namespace {

constexpr absl::Duration kAttempt = absl::Seconds(2);

double Random() {
  thread_local absl::InsecureBitGen generator;
  return absl::Uniform(generator, 0.0, 1.0);
}

// Without an id a repeated attempt would store the message twice.
absl::StatusOr<std::string> FreshId() {
  natsInbox* raw = nullptr;
  FAILS_RETURN_IF_ERROR(ToStatus(natsInbox_Create(&raw), "message id"));
  std::string id = raw;
  natsInbox_Destroy(raw);
  return id;
}

absl::StatusOr<PublishAck> Attempt(const Session& session, natsMsg* message, const std::string& id,
                                   absl::Duration wait) {
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MsgId = id.c_str();
  options.MaxWait = std::max<std::int64_t>(1, absl::ToInt64Milliseconds(wait));
  jsPubAck* raw = nullptr;
  jsErrCode code{};
  const natsStatus status = js_PublishMsg(&raw, session.jetstream, message, &options, &code);
  const PubAckHandle ack(raw);
  if (status == NATS_OK) return PublishAck{ack->Sequence, ack->Duplicate};
  const absl::Status failed = ToStatus(status, natsMsg_GetSubject(message), code);
  if (status == NATS_NO_RESPONDERS) {
    return absl::FailedPreconditionError(
        fmt::format("no stream takes '{}'", natsMsg_GetSubject(message)));
  }
  if (code == JSStreamMessageExceedsMaximumErr) {
    return absl::ResourceExhaustedError(std::string(failed.message()));
  }
  if (absl::IsInternal(failed)) return absl::UnavailableError(std::string(failed.message()));
  return failed;
}

// Nothing changes these: not the time, not another attempt. That no stream takes a subject can
// change, in the moments before the topology is applied.
bool IsFinal(const absl::Status& status) {
  return absl::IsResourceExhausted(status) || absl::IsInvalidArgument(status) ||
         absl::IsPermissionDenied(status);
}

}  // namespace

Publisher::Publisher(Connection& connection, runtime::RetryPolicy retry)
    : connection_(connection), retry_(retry) {}

absl::StatusOr<PublishAck> Publisher::Publish(const OutgoingMessage& message, absl::Time deadline) {
  FAILS_ASSIGN_OR_RETURN(const MsgHandle made, ToNats(message));
  std::string id = message.id;
  if (id.empty()) {
    FAILS_ASSIGN_OR_RETURN(id, FreshId());
  }
  for (int attempt = 1;; ++attempt) {
    FAILS_RETURN_IF_ERROR(connection_.AwaitConnected(deadline));
    absl::Status failed;
    if (const auto session = connection_.Acquire(); session.ok()) {
      auto ack = Attempt(**session, made.get(), id, std::min(kAttempt, deadline - absl::Now()));
      if (ack.ok() || IsFinal(ack.status())) return ack;
      failed = ack.status();
    } else {
      failed = session.status();
    }
    const absl::Time next = absl::Now() + retry_.DelayFor(attempt, Random());
    if (next >= deadline) return failed;
    absl::Notification().WaitForNotificationWithDeadline(next);
  }
}

}  // namespace fails::bus
