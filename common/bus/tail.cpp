// SPDX-License-Identifier: Apache-2.0
#include "common/bus/tail.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/bus/nats_status.h"

namespace fails::bus {
namespace {

constexpr absl::Duration kSlice = absl::Milliseconds(250);  // how late a reconnect is noticed
constexpr absl::Duration kForgotten = absl::Minutes(2);     // the server removes the consumer
constexpr int kRemoveWaitMs = 500;

absl::Status MissingIsUnavailable(absl::Status status) {
  if (!absl::IsNotFound(status)) return status;
  return absl::UnavailableError(std::string(status.message()));
}

}  // namespace

absl::StatusOr<jsStreamState> StateOf(const Session& session, const std::string& stream) {
  jsStreamInfo* raw = nullptr;
  jsErrCode code{};
  FAILS_RETURN_IF_ERROR(MissingIsUnavailable(
      ToStatus(js_GetStreamInfo(&raw, session.jetstream, stream.c_str(), nullptr, &code),
               fmt::format("stream {}", stream), code)));
  const StreamInfoHandle info(raw);
  jsStreamState state = info->State;
  state.Subjects = nullptr;  // freed with the info
  state.Deleted = nullptr;
  state.Lost = nullptr;
  return state;
}

Tail::Tail(Connection& connection, std::string stream, std::string filter_subject)
    : connection_(connection),
      stream_(std::move(stream)),
      filter_subject_(std::move(filter_subject)) {}

Tail::~Tail() {
  Detach();
}

absl::StatusOr<std::uint64_t> Tail::AttachAt(std::uint64_t sequence) {
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.DeliverPolicy = js_DeliverByStartSequence;
  config.OptStartSeq = std::max<std::uint64_t>(1, sequence);
  return Attach(config);
}

absl::StatusOr<std::uint64_t> Tail::AttachAtTime(absl::Time stored_at) {
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.DeliverPolicy = js_DeliverByStartTime;
  // nats.c 3.4.1 writes .012 s as .12 s, so a fraction with leading zeros goes.
  constexpr std::int64_t kSecond = 1'000'000'000;
  std::int64_t nanos = std::max<std::int64_t>(kSecond, absl::ToUnixNanos(stored_at));
  if (nanos % kSecond < kSecond / 10) nanos -= nanos % kSecond;
  config.OptStartTime = nanos;
  return Attach(config);
}

absl::StatusOr<std::uint64_t> Tail::AttachAtLastPerSubject() {
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.DeliverPolicy = js_DeliverLastPerSubject;
  return Attach(config);
}

absl::StatusOr<std::uint64_t> Tail::Attach(jsConsumerConfig& config) {
  Detach();
  const std::uint64_t epoch = connection_.epoch();
  FAILS_ASSIGN_OR_RETURN(session_, connection_.Acquire());
  config.FilterSubject = filter_subject_.c_str();
  config.AckPolicy = js_AckNone;
  config.MemoryStorage = true;
  config.InactiveThreshold = absl::ToInt64Nanoseconds(kForgotten);
  jsConsumerInfo* raw = nullptr;
  jsErrCode code{};
  FAILS_RETURN_IF_ERROR(MissingIsUnavailable(
      ToStatus(js_AddConsumer(&raw, session_->jetstream, stream_.c_str(), &config, nullptr, &code),
               fmt::format("reading stream {}", stream_), code)));
  const ConsumerInfoHandle info(raw);
  consumer_ = info->Name;
  consumer_sequence_ = 0;
  epoch_ = epoch;
  auto pull = Pull::Bind(session_, stream_, consumer_);
  FAILS_RETURN_IF_ERROR(MissingIsUnavailable(pull.status()));
  pull_ = *std::move(pull);
  return info->NumPending;
}

bool Tail::attached() const {
  return pull_ != nullptr && epoch_ == connection_.epoch() && connection_.Probe().ok();
}

void Tail::Detach() {
  pull_.reset();
  const std::string consumer = std::exchange(consumer_, "");
  // Only tidiness: the server forgets it anyway.
  if (!consumer.empty() && epoch_ == connection_.epoch() && connection_.Probe().ok()) {
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = kRemoveWaitMs;
    jsErrCode code{};
    js_DeleteConsumer(session_->jetstream, stream_.c_str(), consumer.c_str(), &options, &code);
  }
  session_.reset();
}

absl::StatusOr<std::vector<Tail::Message>> Tail::Next(int max, absl::Duration wait) {
  const absl::Time deadline = absl::Now() + wait;
  while (true) {
    if (!attached()) {
      Detach();
      return absl::UnavailableError(fmt::format("stream {}: connection lost", stream_));
    }
    auto messages = Fetch(max, std::clamp(deadline - absl::Now(), absl::ZeroDuration(), kSlice));
    if (!messages.ok()) {
      Detach();
      return MissingIsUnavailable(messages.status());
    }
    if (!messages->empty() || absl::Now() >= deadline) return messages;
  }
}

absl::StatusOr<std::vector<Tail::Message>> Tail::Fetch(int max, absl::Duration wait) {
  FAILS_ASSIGN_OR_RETURN(std::vector<MsgHandle> fetched, pull_->Fetch(max, wait));
  std::vector<Message> messages;
  for (MsgHandle& message : fetched) {
    FAILS_ASSIGN_OR_RETURN(const DeliveryInfo info, InfoOf(message.get()));
    // Nothing is sent twice without acknowledgements, so what was lost on the way shows as a gap.
    if (info.consumer_sequence != consumer_sequence_ + 1) {
      if (!messages.empty()) break;  // hand these out; the next one tells again
      return absl::UnavailableError(fmt::format("stream {}: a message was missed", stream_));
    }
    consumer_sequence_ = info.consumer_sequence;
    messages.push_back({std::move(message), info});
  }
  return messages;
}

}  // namespace fails::bus
