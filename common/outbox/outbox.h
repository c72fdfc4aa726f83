// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/bus/publisher.h"
#include "common/pg/pool.h"

namespace fails::outbox {

// Puts a message into <schema>.outbox in the caller's transaction: it is published if and only if
// that commits. Table <schema>.outbox(id bigint generated always as identity, subject text, payload
// text, traceparent text, created_at timestamptz default now(), published_at timestamptz).
void Enqueue(pqxx::work& tx, std::string_view schema, std::string_view subject,
             std::string_view payload);

struct Message {
  std::string subject;
  std::string payload;
};
// Many at once, to be published in this order.
void Enqueue(pqxx::work& tx, std::string_view schema, const std::vector<Message>& messages);

// Publishes the rows `WHERE published_at IS NULL ORDER BY id`, with "<schema>.<id>" as message id,
// and marks them. One relay works at a time, over all replicas (advisory lock); the others wait. At
// least once, in order per incident, since rows of one incident are written one after the other
// under its row lock. Wakes on Notify(), on PostgreSQL's NOTIFY <schema>_outbox, and every `idle`
// as a safety net. A row that the bus will never take (too large, no subject) is logged and passed
// over, so that it does not hold up all others. Metrics: fails_outbox_pending,
// fails_outbox_published_total, fails_outbox_refused_total.
class Relay {
 public:
  struct Options {
    std::string schema;
    int batch = 200;
    absl::Duration idle = absl::Seconds(1);
    absl::Duration keep_published = absl::Hours(24);  // published rows older than this are deleted
    absl::Duration keep_handled = absl::Hours(30 * 24);  // inbox rows; beyond any redelivery
  };
  Relay(pg::Pool& pool, bus::Publisher& publisher, Options options);
  ~Relay();

  void Start();
  void Notify();  // thread-safe: there may be something new
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::outbox
