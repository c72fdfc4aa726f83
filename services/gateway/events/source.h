// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/stream_reader.h"

namespace fails::gateway {

// Reads on from one place of the stream of events; as bus::StreamReader. Blocks. Not thread-safe.
class EventReader {
 public:
  virtual ~EventReader() = default;
  virtual absl::StatusOr<std::vector<bus::StoredMessage>> Next(int max, absl::Duration wait) = 0;
};

// The stream of events. Blocks. Thread-safe.
class EventSource {
 public:
  virtual ~EventSource() = default;
  virtual absl::StatusOr<bus::StreamBounds> Bounds() = 0;
  // `first_sequence` > 0, or the first one still held after it.
  virtual std::unique_ptr<EventReader> Open(std::uint64_t first_sequence) = 0;
};

// The events of FAILS_EVENTS, of incidents and of services. `connection` outlives the source.
std::unique_ptr<EventSource> MakeNatsEventSource(bus::Connection& connection);

}  // namespace fails::gateway
