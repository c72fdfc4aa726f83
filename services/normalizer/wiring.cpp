// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/wiring.h"

#include <fmt/format.h>

#include "common/base/clock.h"
#include "common/bus/consumer.h"
#include "common/bus/publisher.h"
#include "common/bus/topology.h"
#include "common/catalog/catalog.h"
#include "common/outbox/outbox.h"
#include "common/pg/pool.h"
#include "common/rpc/server.h"
#include "common/runtime/or_throw.h"
#include "services/normalizer/adapters/grpc_service.h"
#include "services/normalizer/adapters/incident_store.h"
#include "services/normalizer/app/document_handler.h"

namespace fails::normalizer {
namespace {

// With a minute between later attempts: what can be stored now and then, but not now, is tried for
// four hours before it becomes a dead letter. While the database is away nothing is tried.
constexpr int kMaxDeliver = 240;

// Relay, replay and readiness.
constexpr int kOtherConnections = 3;

// A message as it was stored, the same in every redelivery and after a replaced stream.
std::string MessageKey(const bus::Delivery& delivery) {
  return fmt::format("{}@{}", delivery.sequence, absl::ToUnixNanos(delivery.stored_at));
}

}  // namespace

struct Wiring::Parts {
  explicit Parts(const Config& config)
      : catalog(runtime::OrThrow(catalog::Catalog::Load(config.catalog))),
        nats(runtime::OrThrow(bus::Connection::Open(config.nats))),
        topology(*nats, runtime::OrThrow(bus::Topology::Load(config.nats_topology))),
        publisher(*nats),
        pool({.url = config.database_url,
              .size = config.workers + kOtherConnections,
              .application_name = "fails-normalizer"}),
        relay(pool, publisher, {.schema = "incidents"}),
        store(pool),
        handler(catalog, store, clock, [this] { relay.Notify(); }),
        grpc_service(*nats, handler),
        server(runtime::OrThrow(rpc::Server::Start(config.grpc_address, {&grpc_service}))),
        consumer(*nats,
                 {.stream = "FAILS_RAW",
                  .durable = "normalizer",
                  .workers = config.workers,
                  .max_deliver = kMaxDeliver,
                  .ready = [this] { return store.Probe(); }},
                 [this](const bus::Delivery& delivery) {
                   return handler.Handle(MessageKey(delivery), delivery.payload).status();
                 }) {}

  SystemClock clock;
  catalog::Catalog catalog;
  std::unique_ptr<bus::Connection> nats;
  bus::TopologyKeeper topology;
  bus::Publisher publisher;
  pg::Pool pool;
  outbox::Relay relay;
  PgIncidentStore store;
  DocumentHandler handler;
  NormalizerGrpcService grpc_service;
  std::unique_ptr<rpc::Server> server;
  bus::Consumer consumer;
};

Wiring::Wiring(const Config& config, runtime::Runtime& runtime)
    : parts_(std::make_unique<Parts>(config)) {
  Parts& parts = *parts_;
  runtime.AddReadiness("nats", [&parts] { return parts.topology.Probe(); });
  runtime.AddReadiness("postgresql", [&parts] { return parts.store.Probe(); });

  runtime.OnStop("nats topology", [&parts](absl::Time) { parts.topology.Stop(); });
  parts.relay.Start();
  runtime.OnStop("outbox relay", [&parts](absl::Time) { parts.relay.Stop(); });
  runtime.OnStop("grpc server", [&parts](absl::Time deadline) { parts.server->Stop(deadline); });
  parts.consumer.Start();
  runtime.OnStop("raw consumer", [&parts](absl::Time) { parts.consumer.Stop(); });
}

Wiring::~Wiring() = default;

}  // namespace fails::normalizer
