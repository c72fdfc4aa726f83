// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "common/bus/connection.h"
#include "common/bus/publisher.h"
#include "common/bus/stream_reader.h"
#include "common/outbox/outbox.h"
#include "common/pg/pool.h"
#include "common/testing/private_nats.h"
#include "common/testing/private_postgres.h"

namespace fails::outbox {

// The migrated database as the normalizer sees it, and a server with stream EVENTS (events.>).
class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest();

  void ApplyTopology();
  absl::Status TryEnqueue(const std::string& payload, const std::string& subject = "events.a");
  void Enqueue(const std::string& payload, const std::string& subject = "events.a");
  std::unique_ptr<Relay> StartRelay(Relay::Options options = {.schema = "incidents"});
  int Unpublished();
  int Rows();
  std::vector<bus::StoredMessage> Events();
  std::vector<std::string> Payloads();
  std::uint64_t Count();
  // As superuser.
  void Sql(const std::string& sql);

  fails::testing::PrivatePostgres& server_ = fails::testing::PrivatePostgres::Get();
  fails::testing::PrivatePostgres::Database database_ = server_.NewDatabase();
  fails::testing::PrivateNats nats_;
  std::unique_ptr<bus::Connection> connection_;
  bus::Publisher publisher_;
  pg::Pool pool_;
};

}  // namespace fails::outbox
