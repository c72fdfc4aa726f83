// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <nats/nats.h>

#include <memory>
#include <string>
#include <vector>

#include "common/bus/connection.h"
#include "common/bus/publisher.h"
#include "common/bus/stream_reader.h"
#include "common/bus/topology.h"
#include "common/testing/private_nats.h"

namespace fails::bus {

// A server of the test's own with streams WORK (work.>), consumer WORK/worker, FAILS_DEAD and
// bucket things.
class BusTest : public ::testing::Test {
 protected:
  BusTest();

  std::unique_ptr<Connection> Connect() const;
  static Topology TestTopology();
  void Apply(const Topology& topology);

  // Publishes and asserts that it was stored.
  PublishAck Publish(const std::string& subject, const std::string& payload,
                     const std::string& id = "");
  // Everything that a stream holds now.
  std::vector<StoredMessage> Stored(const std::string& stream);
  std::uint64_t Count(const std::string& stream);

  struct ConsumerState {
    std::int64_t unanswered = 0;  // delivered, and neither acknowledged nor given up
    std::uint64_t waiting = 0;    // not delivered yet
  };
  ConsumerState StateOf(const std::string& stream, const std::string& consumer);

  fails::testing::PrivateNats nats_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace fails::bus
