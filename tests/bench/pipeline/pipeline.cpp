// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pipeline/pipeline.h"

#include <fmt/format.h>

#include <stdexcept>

#include "common/bus/topology.h"
#include "common/runtime/or_throw.h"
#include "common/wire/document.h"
#include "tests/bench/pipeline/documents.h"

namespace fails::bench {
namespace {

// As the normalizer does by default.
constexpr int kWorkers = 2;

void MustBe(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

std::unique_ptr<bus::Connection> Connect(const std::string& url) {
  auto connection = runtime::OrThrow(bus::Connection::Open({.url = url}));
  MustBe(connection->AwaitConnected(absl::Now() + absl::Seconds(30)));
  const auto topology =
      runtime::OrThrow(bus::Topology::Load(FAILS_SOURCE_DIR "/deploy/nats/topology.yaml"));
  MustBe(bus::ApplyTopology(*connection, topology));
  return connection;
}

}  // namespace

Pipeline::Pipeline(int pages)
    : connection_(Connect(nats_.url())),
      publisher_(*connection_),
      catalog_(SomeCatalog(pages)),
      relay_(pool_, publisher_, {.schema = "incidents"}),
      handler_(catalog_, store_, clock_, [this] { relay_.Notify(); }) {}

Pipeline::~Pipeline() {
  StopConsumer();
  relay_.Stop();
}

void Pipeline::Publish(const v1::RawDocument& document) {
  const auto ack = publisher_.Publish(
      {.subject = wire::RawSubject(document), .payload = document.SerializeAsString()},
      absl::Now() + absl::Seconds(30));
  MustBe(ack.status());
}

void Pipeline::StartConsumer() {
  consumer_ = std::make_unique<bus::Consumer>(
      *connection_,
      bus::Consumer::Options{.stream = "FAILS_RAW", .durable = "normalizer", .workers = kWorkers},
      [this](const bus::Delivery& delivery) {
        const std::string key =
            fmt::format("{}@{}", delivery.sequence, absl::ToUnixNanos(delivery.stored_at));
        return handler_.Handle(key, delivery.payload).status();
      });
  consumer_->Start();
}

void Pipeline::StartRelay() {
  relay_.Start();
}

void Pipeline::StopConsumer() {
  if (consumer_) consumer_->Stop();
}

std::string Pipeline::Sql(const std::string& statement) {
  return runtime::OrThrow(
      owner_.Transact("bench", [&](pqxx::work& tx) -> absl::StatusOr<std::string> {
        const pqxx::result rows = tx.exec(statement);
        return rows.empty() || rows[0][0].is_null() ? "" : rows[0][0].as<std::string>();
      }));
}

}  // namespace fails::bench
