// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/bus/connection.h"
#include "common/bus/consumer.h"
#include "common/bus/publisher.h"
#include "common/catalog/catalog.h"
#include "common/outbox/outbox.h"
#include "common/pg/pool.h"
#include "common/testing/private_nats.h"
#include "common/testing/private_postgres.h"
#include "fails/v1/document.pb.h"
#include "services/normalizer/adapters/incident_store.h"
#include "services/normalizer/app/document_handler.h"

namespace fails::bench {

// The normalizer's parts as its wiring puts them together, on a PostgreSQL and a NATS of their own.
// Throws std::runtime_error for what goes wrong.
class Pipeline {
 public:
  explicit Pipeline(int pages);
  ~Pipeline();

  void Publish(const v1::RawDocument& document);
  void StartConsumer();
  void StartRelay();
  void StopConsumer();

  // One value, read as the database's owner.
  std::string Sql(const std::string& statement);
  const std::string& owner_url() const { return owner_url_; }
  bus::Connection& connection() { return *connection_; }

 private:
  testing::PrivateNats nats_;
  testing::PrivatePostgres::Database database_ = testing::PrivatePostgres::Get().NewDatabase();
  std::string owner_url_ = database_.owner_url();
  pg::Pool owner_{{.url = owner_url_, .size = 1, .application_name = "bench"}};
  std::unique_ptr<bus::Connection> connection_;
  bus::Publisher publisher_;
  catalog::Catalog catalog_;
  SystemClock clock_;
  pg::Pool pool_{{.url = database_.normalizer_url(), .size = 4, .application_name = "normalizer"}};
  outbox::Relay relay_;
  normalizer::PgIncidentStore store_{pool_};
  normalizer::DocumentHandler handler_;
  std::unique_ptr<bus::Consumer> consumer_;
};

}  // namespace fails::bench
