// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/bus/connection.h"

namespace fails::bus {

struct StreamSpec {
  std::string name;
  std::vector<std::string> subjects;
  absl::Duration max_age;       // zero: for ever
  std::int64_t max_bytes = -1;  // reserved on the server; -1: no limit
  std::int32_t max_message_bytes = -1;
  absl::Duration duplicate_window = absl::Minutes(2);
};

struct ConsumerSpec {
  std::string stream, name, filter_subject;
  absl::Duration ack_wait = absl::Seconds(30);
  int max_ack_pending = 1000;
  // After so many deliveries the server stops without a word. -1, never, leaves the end to
  // Consumer, which counts and writes a dead letter.
  int max_deliver = -1;
};

struct BucketSpec {
  std::string name;
  int history = 1;
};

// Streams, consumers and key-value buckets of the suite, declared in deploy/nats/topology.yaml.
struct Topology {
  std::vector<StreamSpec> streams;
  std::vector<ConsumerSpec> consumers;
  std::vector<BucketSpec> buckets;

  // INVALID_ARGUMENT lists every mistake of the file with its line.
  static absl::StatusOr<Topology> Load(const std::string& path);
};

// Creates what is missing and updates what differs; never deletes. Safe to run from many processes
// at once. UNAVAILABLE while there is no server.
absl::Status ApplyTopology(Connection& connection, const Topology& topology);

// Applies the topology in a background thread as soon as a server is there, and again after each
// reconnect (a server that came back empty gets its streams). Thread-safe.
class TopologyKeeper {
 public:
  TopologyKeeper(Connection& connection, Topology topology);
  ~TopologyKeeper();
  // OK once applied to the server there is now; else UNAVAILABLE, or what the server refuses.
  absl::Status Probe() const;
  // Blocks until applied (OK), `deadline` (as Probe), or Stop (CANCELLED).
  absl::Status AwaitApplied(absl::Time deadline) const;
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::bus
