// SPDX-License-Identifier: Apache-2.0
#include "common/bus/stream_reader.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/bus/session.h"
#include "common/bus/tail.h"

namespace fails::bus {

struct StreamReader::Impl {
  Impl(Connection& connection, std::string stream, std::string filter_subject,
       std::uint64_t first_sequence)
      : connection(connection),
        stream(std::move(stream)),
        tail(connection, this->stream, std::move(filter_subject)),
        next(first_sequence) {}

  absl::Status FindPlace();
  absl::StatusOr<std::uint64_t> Attach();

  Connection& connection;
  const std::string stream;
  Tail tail;
  std::uint64_t next;                 // to be handed out; 0 while "now" has not been looked up
  std::optional<absl::Time> since{};  // the place as long as nothing was handed out
};

absl::Status StreamReader::Impl::FindPlace() {
  FAILS_ASSIGN_OR_RETURN(const auto session, connection.Acquire());
  FAILS_ASSIGN_OR_RETURN(const jsStreamState state, StateOf(*session, stream));
  if (next == 0) next = state.LastSeq + 1;
  if (next > state.LastSeq + 1) {
    spdlog::warn("nats: stream {} ends at {} before {}: it began anew and is read from its start",
                 stream, state.LastSeq, next);
    next = 1;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> StreamReader::Impl::Attach() {
  if (since) return tail.AttachAtTime(*since);
  FAILS_RETURN_IF_ERROR(FindPlace());
  return tail.AttachAt(next);
}

StreamReader::StreamReader(Connection& connection, std::string stream, std::string filter_subject,
                           std::uint64_t first_sequence)
    : impl_(std::make_unique<Impl>(connection, std::move(stream), std::move(filter_subject),
                                   first_sequence)) {
  // "From now on" is from here on. Without a server it is when there is one: Next() looks again.
  if (first_sequence == 0) impl_->FindPlace().IgnoreError();
}

StreamReader::StreamReader(Connection& connection, std::string stream, std::string filter_subject,
                           absl::Time since)
    : impl_(std::make_unique<Impl>(connection, std::move(stream), std::move(filter_subject), 1)) {
  impl_->since = since;
}

StreamReader::~StreamReader() = default;

absl::StatusOr<std::uint64_t> StreamReader::Ahead() {
  impl_->tail.Detach();
  return impl_->Attach();
}

absl::StatusOr<std::vector<StoredMessage>> StreamReader::Next(int max, absl::Duration wait) {
  const absl::Time deadline = absl::Now() + wait;
  std::vector<StoredMessage> stored;
  while (true) {
    if (!impl_->tail.attached()) FAILS_RETURN_IF_ERROR(impl_->Attach().status());
    auto messages = impl_->tail.Next(max, std::max(absl::ZeroDuration(), deadline - absl::Now()));
    if (!messages.ok()) {
      if (absl::Now() >= deadline) return messages.status();
      continue;  // attaches again, or tells why it cannot
    }
    for (const Tail::Message& each : *messages) {
      natsMsg* message = each.message.get();
      stored.push_back({.sequence = each.info.stream_sequence,
                        .subject = natsMsg_GetSubject(message),
                        .payload = std::string(PayloadOf(message)),
                        .message_id = std::string(HeaderOf(message, kMessageIdHeader)),
                        .headers = HeadersOf(message),
                        .stored_at = each.info.stored_at});
      impl_->next = each.info.stream_sequence + 1;
      impl_->since.reset();
    }
    return stored;
  }
}

absl::StatusOr<StreamBounds> StreamReader::Bounds(Connection& connection,
                                                  const std::string& stream) {
  FAILS_ASSIGN_OR_RETURN(const auto session, connection.Acquire());
  FAILS_ASSIGN_OR_RETURN(const jsStreamState state, StateOf(*session, stream));
  return StreamBounds{.first = state.FirstSeq, .last = state.LastSeq, .messages = state.Msgs};
}

}  // namespace fails::bus
