// SPDX-License-Identifier: Apache-2.0
#include "common/outbox/tests/outbox_fixture.h"

#include "common/bus/topology.h"
#include "common/testing/await.h"

namespace fails::outbox {
namespace {

std::unique_ptr<bus::Connection> Connect(const std::string& url) {
  auto connection = bus::Connection::Open({.url = url, .client_name = "test"});
  EXPECT_TRUE(connection.ok()) << connection.status();
  EXPECT_TRUE((*connection)->AwaitConnected(absl::Now() + absl::Seconds(30)).ok());
  return *std::move(connection);
}

}  // namespace

OutboxTest::OutboxTest()
    : connection_(Connect(nats_.url())),
      publisher_(*connection_, {.initial = absl::Milliseconds(10), .max = absl::Milliseconds(100)}),
      pool_({.url = database_.normalizer_url(), .application_name = "test"}) {
  ApplyTopology();
}

void OutboxTest::ApplyTopology() {
  const absl::Status applied =
      bus::ApplyTopology(*connection_, {.streams = {{.name = "EVENTS", .subjects = {"events.>"}}}});
  ASSERT_TRUE(applied.ok()) << applied;
}

absl::Status OutboxTest::TryEnqueue(const std::string& payload, const std::string& subject) {
  return pool_.Transact("enqueue", [&](pqxx::work& tx) {
    outbox::Enqueue(tx, "incidents", subject, payload);
    return absl::OkStatus();
  });
}

void OutboxTest::Enqueue(const std::string& payload, const std::string& subject) {
  const absl::Status status = TryEnqueue(payload, subject);
  EXPECT_TRUE(status.ok()) << status;
}

std::unique_ptr<Relay> OutboxTest::StartRelay(Relay::Options options) {
  auto relay = std::make_unique<Relay>(pool_, publisher_, options);
  relay->Start();
  return relay;
}

int OutboxTest::Unpublished() {
  const auto count = pool_.Transact("count", [](pqxx::work& tx) -> absl::StatusOr<int> {
    return tx.exec("SELECT count(*) FROM incidents.outbox WHERE published_at IS NULL")[0][0]
        .as<int>();
  });
  EXPECT_TRUE(count.ok()) << count.status();
  return count.value_or(-1);
}

int OutboxTest::Rows() {
  const auto count = pool_.Transact("count", [](pqxx::work& tx) -> absl::StatusOr<int> {
    return tx.exec("SELECT count(*) FROM incidents.outbox")[0][0].as<int>();
  });
  EXPECT_TRUE(count.ok()) << count.status();
  return count.value_or(-1);
}

std::uint64_t OutboxTest::Count() {
  const auto bounds = bus::StreamReader::Bounds(*connection_, "EVENTS");
  return bounds.ok() ? bounds->messages : 0;
}

std::vector<bus::StoredMessage> OutboxTest::Events() {
  std::vector<bus::StoredMessage> all;
  const std::uint64_t count = Count();
  bus::StreamReader reader(*connection_, "EVENTS", "events.>", 1);
  EXPECT_TRUE(fails::testing::Await([&] {
    if (all.size() >= count) return true;
    auto some = reader.Next(1000, absl::Seconds(1));
    if (some.ok()) all.insert(all.end(), some->begin(), some->end());
    return all.size() >= count;
  }));
  return all;
}

std::vector<std::string> OutboxTest::Payloads() {
  std::vector<std::string> payloads;
  for (const bus::StoredMessage& event : Events()) payloads.push_back(event.payload);
  return payloads;
}

void OutboxTest::Sql(const std::string& sql) {
  pqxx::connection admin(database_.owner_url());
  pqxx::nontransaction(admin).exec(sql);
}

}  // namespace fails::outbox
