// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "services/gateway/http/task.h"

namespace fails::gateway {

// The messages of one call that answers with many. Used on one connection's thread; letting go of
// it cancels the call. The other side sends on only as far as messages are taken.
template <class Message>
class MessageStream {
 public:
  virtual ~MessageStream() = default;

  // The next message; absent at the end; an error when the call failed, also half-way. One at a
  // time, and none after the end.
  virtual http::Task<absl::StatusOr<std::optional<Message>>> Next() = 0;
};

}  // namespace fails::gateway
