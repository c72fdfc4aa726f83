// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/bus/connection.h"
#include "common/bus/outcome.h"
#include "common/runtime/retry_policy.h"

namespace fails::bus {

// One delivery of a stored message. Views are valid during the handler's call only.
struct Delivery {
  std::string_view subject;
  std::string_view payload;
  std::string_view message_id;  // Nats-Msg-Id, may be empty
  std::uint64_t sequence = 0;   // in the stream
  int attempt = 1;              // 1 for the first delivery
  absl::Time stored_at;
};

// The same message can come again (redelivery, late ack), also after a handler returned OK:
// handlers are idempotent. The status decides what happens to the message: see outcome.h.
using Handler = std::function<absl::Status(const Delivery&)>;

// Pulls from a durable consumer of the topology and calls `handler`: messages of one subject one
// after the other in order of delivery, those of different subjects on up to `workers` threads at
// once. A message that will never succeed is copied to fails.dead.v1.<stream>.<consumer> with
// headers that tell why (dead_letter.h), and only then taken off. Also one whose deliveries all
// ended without an answer, as when it kills the process. However long a handler takes, the message
// is not delivered anew meanwhile. Metrics: fails_bus_handled_total{consumer,outcome},
// fails_bus_handler_seconds{consumer}.
// Make it the last part of a process to start and the first to stop.
class Consumer {
 public:
  struct Options {
    std::string stream;
    std::string durable;
    // Fetched at once. One by one makes thousands a second; with more, a message that kills the
    // process uses up deliveries of those that were fetched with it.
    int batch = 1;
    int workers = 1;      // above 1 the handler must be thread-safe
    int max_deliver = 8;  // the last attempt turns Later into a dead letter
    runtime::RetryPolicy redelivery = {.initial = absl::Milliseconds(200), .max = absl::Minutes(1)};
    absl::Duration dead_letter_wait = absl::Seconds(10);  // then the message is tried again later
    // Whether what the handler needs is there. Asked at the start and whenever a message was put
    // off: while it is not OK nothing is fetched, so that an outage uses up few deliveries and
    // disturbs little of the order. Thread-safe; empty: always.
    std::function<absl::Status()> ready = {};
  };

  Consumer(Connection& connection, Options options, Handler handler);
  ~Consumer();

  void Start();
  // Takes no new messages, lets the running handler finish, hands back what was fetched.
  // Idempotent.
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::bus
