// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/events/source.h"
#include "services/gateway/http/task.h"

namespace fails::gateway {

// Reads of the stored stream for subscribers that come back after a long while: blocking calls, on
// a few threads of their own. Thread-safe; outlives every task and reader it gave.
class ReplayPool {
 public:
  ReplayPool(EventSource& source, int threads);
  ~ReplayPool();

  http::Task<absl::StatusOr<bus::StreamBounds>> Bounds();

  // One subscriber's way through the stream, used by that subscriber alone. What it reads with is
  // made and closed on the pool's threads.
  class Reader {
   public:
    Reader(ReplayPool& pool, std::uint64_t first_sequence);
    ~Reader();
    // Up to 256 messages; empty when none came within 2 s.
    http::Task<absl::StatusOr<std::vector<bus::StoredMessage>>> Next();

   private:
    ReplayPool& pool_;
    const std::uint64_t first_sequence_;
    std::unique_ptr<EventReader> reader_;
  };

 private:
  EventSource& source_;
  boost::asio::thread_pool threads_;
};

}  // namespace fails::gateway
