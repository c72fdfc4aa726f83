// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/bus/connection.h"
#include "common/bus/stream_reader.h"

namespace fails::bus {

// One message of a stream, by its sequence. NOT_FOUND when the stream does not hold it (any more);
// UNAVAILABLE without a server or without the stream.
absl::StatusOr<StoredMessage> GetStored(Connection& connection, const std::string& stream,
                                        std::uint64_t sequence);

// Takes it out of the stream. OK also when it is not there.
absl::Status DeleteStored(Connection& connection, const std::string& stream,
                          std::uint64_t sequence);

}  // namespace fails::bus
