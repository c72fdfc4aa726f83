// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace fails::gateway::http {

// How much a client may ask for, and how long it may take. Beyond: 431, 414, 413, 503, 408.
struct Limits {
  std::size_t header_bytes = 16 << 10;  // request line and all fields
  std::size_t field_bytes = 8 << 10;    // one field
  std::size_t fields = 100;
  std::size_t target_bytes = 8 << 10;
  std::uint64_t body_bytes = 1 << 20;
  int connections = 10'000;
  absl::Duration header_timeout =
      absl::Seconds(10);  // from the first byte to the end of the header
  absl::Duration body_timeout = absl::Seconds(30);
  absl::Duration idle_timeout = absl::Seconds(30);   // between two requests
  absl::Duration write_timeout = absl::Seconds(30);  // for a piece of at most 256 KiB
  absl::Duration linger_timeout = absl::Seconds(2);  // for the client to take the last answer
};

}  // namespace fails::gateway::http
