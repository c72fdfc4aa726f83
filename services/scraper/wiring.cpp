// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/wiring.h"

#include <utility>

#include "common/base/clock.h"
#include "common/bus/publisher.h"
#include "common/bus/topology.h"
#include "common/catalog/catalog.h"
#include "common/http/client.h"
#include "common/platforms/registry.h"
#include "common/rpc/server.h"
#include "common/runtime/or_throw.h"
#include "services/scraper/adapters/grpc_service.h"
#include "services/scraper/adapters/http_fetcher.h"
#include "services/scraper/adapters/nats_backfill_store.h"
#include "services/scraper/adapters/nats_document_sink.h"
#include "services/scraper/adapters/nats_state_store.h"
#include "services/scraper/adapters/replica.h"
#include "services/scraper/app/backfiller.h"
#include "services/scraper/app/page_desk.h"
#include "services/scraper/app/platform_probe.h"
#include "services/scraper/app/poller.h"

namespace fails::scraper {
namespace {

// A dead replica's pages are taken over after this long.
constexpr absl::Duration kLease = absl::Seconds(15);

}  // namespace

struct Wiring::Parts {
  explicit Parts(const Config& config)
      : catalog(runtime::OrThrow(catalog::Catalog::Load(config.catalog))),
        pages(runtime::OrThrow(PagesToWatch(catalog, platforms::Find))),
        metrics(pages, clock),
        nats(runtime::OrThrow(bus::Connection::Open(config.nats))),
        topology(*nats, runtime::OrThrow(bus::Topology::Load(config.nats_topology))),
        publisher(*nats),
        sink(publisher, clock),
        store(*nats),
        backfills(*nats),
        board(store, backfills),
        http("fails-scraper/" FAILS_VERSION),
        fetcher(http),
        fetch([this](const FetchRequest& request) { return fetcher.Get(request); }),
        page_poll(clock, fetch, sink,
                  [this](std::vector<FetchRequest> requests, absl::Time last_start) {
                    return fetcher.GetWhileUnchanged(std::move(requests), last_start);
                  }),
        pace(config.backfill_per_second),
        history_walk(clock, fetch, sink, pace, RandomShare),
        claims(store, clock, NewReplicaId(), kLease),
        keeper(kLease / 3),
        poller(pages, {},
               {clock, claims, keeper, page_poll, board, metrics, RandomShare,
                [this](const std::string& url, const std::function<absl::Status()>& cut) {
                  return ProbePlatform(fetch, url, cut);
                },
                [this] { fetcher.Cancel(); }}),
        backfiller(pages, {.lease = kLease},
                   {clock, backfills, keeper, history_walk, board, metrics, claims.owner()}),
        desk(
            pages, config.polling, clock, store, backfills,
            [this](const std::string& page, const PageState& state) {
              poller.PageChanged(page, state);
            },
            [this](const std::string& page, const BackfillState& state) {
              backfiller.BackfillChanged(page, state);
            }),
        imports(clock, sink, platforms::FindImportFormat, platforms::Find),
        grpc_service(desk, imports),
        server(runtime::OrThrow(rpc::Server::Start(config.grpc_address, {&grpc_service}))),
        watcher(*nats, NatsStateStore::kStateBucket,
                [this](const std::string& page, const std::optional<std::string>& value) {
                  const auto state = NatsStateStore::Read(page, value);
                  poller.PageChanged(page, state);
                  backfiller.PageChanged(page, state);
                }),
        backfill_watcher(*nats, NatsBackfillStore::kBucket,
                         [this](const std::string& page, const std::optional<std::string>& value) {
                           backfiller.BackfillChanged(page, NatsBackfillStore::Read(page, value));
                         }) {}

  SystemClock clock;
  catalog::Catalog catalog;
  std::vector<WatchedPage> pages;
  PollMetrics metrics;
  std::unique_ptr<bus::Connection> nats;
  bus::TopologyKeeper topology;
  bus::Publisher publisher;
  NatsDocumentSink sink;
  NatsStateStore store;
  NatsBackfillStore backfills;
  HealthBoard board;
  http::Client http;
  HttpFetcher fetcher;
  Fetch fetch;
  PagePoll page_poll;
  HostPace pace;
  HistoryWalk history_walk;
  Claims claims;
  LeaseKeeper keeper;
  Poller poller;
  Backfiller backfiller;
  PageDesk desk;
  ImportDesk imports;
  GrpcScraperService grpc_service;
  std::unique_ptr<rpc::Server> server;
  bus::KeyValueWatcher watcher;
  bus::KeyValueWatcher backfill_watcher;
};

Wiring::Wiring(const Config& config, runtime::Runtime& runtime)
    : parts_(std::make_unique<Parts>(config)) {
  Parts& parts = *parts_;
  runtime.AddReadiness("nats", [&parts] { return parts.nats->Probe(); });
  runtime.AddReadiness("nats topology", [&parts] { return parts.topology.Probe(); });

  runtime.OnStop("nats topology", [&parts](absl::Time) { parts.topology.Stop(); });
  runtime.OnStop("page state watcher", [&parts](absl::Time) { parts.watcher.Stop(); });
  runtime.OnStop("backfill watcher", [&parts](absl::Time) { parts.backfill_watcher.Stop(); });
  runtime.OnStop("grpc server", [&parts](absl::Time deadline) { parts.server->Stop(deadline); });
  if (config.polling) {
    parts.poller.Start();
    parts.backfiller.Start();
  }
  // Stopped after the poller, which cuts the fetches of both short.
  runtime.OnStop("backfiller", [&parts](absl::Time) { parts.backfiller.Stop(); });
  runtime.OnStop("poller", [&parts](absl::Time deadline) { parts.poller.Stop(deadline); });
}

Wiring::~Wiring() = default;

}  // namespace fails::scraper
