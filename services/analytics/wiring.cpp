// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/wiring.h"

#include "common/base/clock.h"
#include "common/bus/topology.h"
#include "common/catalog/catalog.h"
#include "common/pg/pool.h"
#include "common/rpc/server.h"
#include "common/runtime/or_throw.h"
#include "services/analytics/adapters/analytics_grpc_service.h"
#include "services/analytics/adapters/event_listener.h"
#include "services/analytics/adapters/incident_grpc_service.h"
#include "services/analytics/adapters/page_health_board.h"
#include "services/analytics/adapters/pg_export_reader.h"
#include "services/analytics/adapters/pg_incident_reader.h"
#include "services/analytics/adapters/pg_row_source.h"
#include "services/analytics/adapters/pg_status_reader.h"

namespace fails::analytics {

using runtime::OrThrow;

constexpr std::size_t kAnswerBytes = 64 << 20;

struct Wiring::Parts {
  explicit Parts(const Config& config)
      : catalog(OrThrow(catalog::Catalog::Load(config.catalog))),
        nats(OrThrow(bus::Connection::Open(config.nats))),
        topology(*nats, OrThrow(bus::Topology::Load(config.nats_topology))),
        pool({.url = config.database_url,
              .size = 8,
              .application_name = "fails-analytics",
              .read_only = true}),
        export_pool({.url = config.database_url,
                     .size = 4,
                     .application_name = "fails-analytics-exports",
                     .read_only = true}),
        rows(pool),
        incident_reader(pool),
        export_reader(export_pool),
        status_reader(pool),
        page_health(*nats),
        keeper(rows, NamesOf(catalog), {}),
        events(*nats, [this] { keeper.Wake(); }),
        catalog_queries(catalog, page_health, clock),
        runner(keeper, clock, kAnswerBytes,
               [this](const Names& names) { return catalog_queries.CountSources(names); }),
        cells(runner, incident_reader, catalog.notice()),
        incidents(incident_reader, export_reader, catalog, keeper),
        status_queries(status_reader, catalog, page_health, keeper, clock),
        incident_service(incidents, catalog_queries, status_queries),
        analytics_service(runner, cells, catalog.notice()),
        server(OrThrow(
            rpc::Server::Start(config.grpc_address, {&incident_service, &analytics_service}))) {}

  SystemClock clock;
  catalog::Catalog catalog;
  std::unique_ptr<bus::Connection> nats;
  bus::TopologyKeeper topology;
  pg::Pool pool;
  pg::Pool export_pool;
  PgRowSource rows;
  PgIncidentReader incident_reader;
  PgExportReader export_reader;
  PgStatusReader status_reader;
  PageHealthBoard page_health;
  SnapshotKeeper keeper;
  EventListener events;
  CatalogQueries catalog_queries;
  AnalysisRunner runner;
  CellQueries cells;
  IncidentQueries incidents;
  StatusQueries status_queries;
  IncidentGrpcService incident_service;
  AnalyticsGrpcService analytics_service;
  std::unique_ptr<rpc::Server> server;
};

Wiring::Wiring(const Config& config, runtime::Runtime& runtime)
    : parts_(std::make_unique<Parts>(config)) {
  Parts& parts = *parts_;
  runtime.AddReadiness("nats", [&parts] { return parts.topology.Probe(); });
  runtime.AddReadiness("postgresql", [&parts] { return parts.rows.Probe(); });
  runtime.AddReadiness("snapshot", [&parts] { return parts.keeper.Probe(); });

  runtime.OnStop("nats topology", [&parts](absl::Time) { parts.topology.Stop(); });
  runtime.OnStop("page health", [&parts](absl::Time) { parts.page_health.Stop(); });
  parts.keeper.Start();
  runtime.OnStop("snapshot keeper", [&parts](absl::Time) { parts.keeper.Stop(); });
  parts.events.Start();
  runtime.OnStop("event listener", [&parts](absl::Time) { parts.events.Stop(); });
  runtime.OnStop("grpc server", [&parts](absl::Time deadline) { parts.server->Stop(deadline); });
}

Wiring::~Wiring() = default;

int Wiring::grpc_port() const {
  return parts_->server->port();
}

}  // namespace fails::analytics
