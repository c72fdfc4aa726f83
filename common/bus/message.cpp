// SPDX-License-Identifier: Apache-2.0
#include "common/bus/message.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>

#include "common/base/status_macros.h"
#include "common/bus/nats_status.h"
#include "common/obs/log.h"

namespace fails::bus {
namespace {

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

}  // namespace

std::string OneLine(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

absl::StatusOr<MsgHandle> ToNats(const OutgoingMessage& message) {
  if (message.payload.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return absl::ResourceExhaustedError("a message of more than 2 GiB");
  }
  natsMsg* raw = nullptr;
  FAILS_RETURN_IF_ERROR(
      ToStatus(natsMsg_Create(&raw, message.subject.c_str(), nullptr, message.payload.data(),
                              static_cast<int>(message.payload.size())),
               "message"));
  MsgHandle made(raw);
  bool traced = false;
  for (const auto& [name, value] : message.headers) {
    FAILS_RETURN_IF_ERROR(
        ToStatus(natsMsgHeader_Add(raw, name.c_str(), OneLine(value).c_str()), "message header"));
    traced = traced || name == kTraceparentHeader;
  }
  const std::string& traceparent = obs::CurrentTraceparent();
  if (!traced && !traceparent.empty()) {
    FAILS_RETURN_IF_ERROR(
        ToStatus(natsMsgHeader_Set(raw, kTraceparentHeader, traceparent.c_str()), "traceparent"));
  }
  return made;
}

std::string_view PayloadOf(natsMsg* message) {
  return {natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))};
}

std::string_view HeaderOf(natsMsg* message, const char* name) {
  const char* value = nullptr;
  if (natsMsgHeader_Get(message, name, &value) != NATS_OK || value == nullptr) return {};
  return value;
}

Headers HeadersOf(natsMsg* message) {
  Headers headers;
  const char** raw_keys = nullptr;
  int key_count = 0;
  if (natsMsgHeader_Keys(message, &raw_keys, &key_count) != NATS_OK) return headers;
  const std::unique_ptr<const char*, Free> keys(raw_keys);
  for (int k = 0; k < key_count; ++k) {
    const char** raw_values = nullptr;
    int value_count = 0;
    if (natsMsgHeader_Values(message, raw_keys[k], &raw_values, &value_count) != NATS_OK) continue;
    const std::unique_ptr<const char*, Free> values(raw_values);
    for (int v = 0; v < value_count; ++v) headers.emplace_back(raw_keys[k], raw_values[v]);
  }
  return headers;
}

absl::StatusOr<DeliveryInfo> InfoOf(natsMsg* message) {
  jsMsgMetaData* raw = nullptr;
  FAILS_RETURN_IF_ERROR(ToStatus(natsMsg_GetMetaData(&raw, message), "message metadata"));
  const MetaDataHandle data(raw);
  constexpr std::uint64_t kMost = std::numeric_limits<int>::max();
  return DeliveryInfo{.stream_sequence = data->Sequence.Stream,
                      .consumer_sequence = data->Sequence.Consumer,
                      .pending = data->NumPending,
                      .delivered = static_cast<int>(std::min(data->NumDelivered, kMost)),
                      .stored_at = absl::FromUnixNanos(data->Timestamp)};
}

}  // namespace fails::bus
