// SPDX-License-Identifier: Apache-2.0
#include "common/bus/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/bus/message.h"
#include "common/bus/nats_status.h"

namespace fails::bus {
namespace {

constexpr std::int64_t kMaxBytes = 16 << 20;
constexpr absl::Duration kMoreWait = absl::Milliseconds(200);
constexpr absl::Duration kSilence = absl::Seconds(5);

absl::StatusOr<ConsumerInfoHandle> InfoOf(const Session& session, const std::string& stream,
                                          const std::string& consumer) {
  jsConsumerInfo* raw = nullptr;
  jsErrCode code{};
  FAILS_RETURN_IF_ERROR(ToStatus(
      js_GetConsumerInfo(&raw, session.jetstream, stream.c_str(), consumer.c_str(), nullptr, &code),
      fmt::format("consumer {}/{}", stream, consumer), code));
  return ConsumerInfoHandle(raw);
}

void Take(natsMsgList& list, std::vector<MsgHandle>& messages) {
  for (int i = 0; i < list.Count; ++i) messages.emplace_back(std::exchange(list.Msgs[i], nullptr));
  natsMsgList_Destroy(&list);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Pull>> Pull::Bind(std::shared_ptr<const Session> session,
                                                 std::string stream, std::string consumer) {
  std::unique_ptr<Pull> pull(new Pull());
  FAILS_ASSIGN_OR_RETURN(pull->info_, InfoOf(*session, stream, consumer));
  jsSubOptions options;
  jsSubOptions_Init(&options);
  options.Stream = stream.c_str();
  options.Consumer = consumer.c_str();
  options.Config.MemoryStorage = pull->info_->Config->MemoryStorage;  // compared by the library
  natsSubscription* raw = nullptr;
  jsErrCode code{};
  FAILS_RETURN_IF_ERROR(ToStatus(
      js_PullSubscribe(&raw, session->jetstream, nullptr, nullptr, nullptr, &options, &code),
      fmt::format("consumer {}/{}", stream, consumer), code));
  pull->subscription_.reset(raw);
  // A batch may hold more than the library's default limit for what waits; the requests limit it.
  natsSubscription_SetPendingLimits(raw, -1, -1);
  pull->session_ = std::move(session);
  pull->stream_ = std::move(stream);
  pull->consumer_ = std::move(consumer);
  pull->sign_of_life_ = absl::Now();
  return pull;
}

absl::StatusOr<std::vector<MsgHandle>> Pull::Fetch(int max, absl::Duration wait) {
  std::vector<MsgHandle> messages;
  FAILS_RETURN_IF_ERROR(FetchFirst(wait, messages));
  if (messages.empty()) {
    FAILS_RETURN_IF_ERROR(CheckAlive());
    return messages;
  }
  sign_of_life_ = absl::Now();
  const auto first = bus::InfoOf(messages.front().get());
  const std::uint64_t pending = first.ok() ? first->pending : 0;
  const int more = static_cast<int>(std::min<std::uint64_t>(pending, std::max(0, max - 1)));
  if (more > 0) FetchMore(more, messages);
  return messages;
}

absl::Status Pull::FetchFirst(absl::Duration wait, std::vector<MsgHandle>& messages) {
  natsMsgList list = {};
  jsErrCode code{};
  const auto wait_ms = std::max<std::int64_t>(1, absl::ToInt64Milliseconds(wait));
  const natsStatus status = natsSubscription_Fetch(&list, subscription_.get(), 1, wait_ms, &code);
  if (status == NATS_TIMEOUT) return absl::OkStatus();
  FAILS_RETURN_IF_ERROR(ToStatus(status, fmt::format("consumer {}/{}", stream_, consumer_), code));
  Take(list, messages);
  return absl::OkStatus();
}

// Without the time-out, NoWait returns nothing even when something is there. An error here is that
// nothing came in time or that the connection broke, which the next FetchFirst tells.
void Pull::FetchMore(int max, std::vector<MsgHandle>& messages) {
  jsFetchRequest request;
  jsFetchRequest_Init(&request);
  request.Batch = max;
  request.MaxBytes = kMaxBytes;
  request.NoWait = true;
  request.Expires = absl::ToInt64Nanoseconds(kMoreWait);
  natsMsgList list = {};
  if (natsSubscription_FetchRequest(&list, subscription_.get(), &request) == NATS_OK) {
    Take(list, messages);
  }
}

std::vector<MsgHandle> Pull::Leftovers() {
  std::vector<MsgHandle> messages;
  natsConnection_FlushTimeout(session_->connection, 500);
  std::uint64_t queued = 0;
  while (natsSubscription_QueuedMsgs(subscription_.get(), &queued) == NATS_OK && queued > 0) {
    const std::size_t before = messages.size();
    if (!FetchFirst(absl::Milliseconds(1), messages).ok() || messages.size() == before) break;
  }
  return messages;
}

absl::Status Pull::CheckAlive() {
  if (absl::Now() - sign_of_life_ < kSilence) return absl::OkStatus();
  FAILS_RETURN_IF_ERROR(InfoOf(*session_, stream_, consumer_).status());
  sign_of_life_ = absl::Now();
  return absl::OkStatus();
}

}  // namespace fails::bus
