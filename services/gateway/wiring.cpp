// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/wiring.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>

#include "common/base/clock.h"
#include "common/bus/topology.h"
#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/runtime/or_throw.h"
#include "services/gateway/app/application.h"
#include "services/gateway/routes/registry.h"

namespace fails::gateway {
namespace {

// Every connection is a file descriptor; the usual soft limit is 1024.
void RaiseFileLimit(int connections) {
  constexpr rlim_t kOthers = 256;
  const rlim_t wanted = static_cast<rlim_t>(connections) + kOthers;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted) {
    spdlog::warn("only {} files may be open, too few for {} connections", limit.rlim_cur,
                 connections);
  }
}

StaticFiles LoadWeb(const std::string& directory) {
  if (directory.empty()) return StaticFiles();
  return runtime::OrThrow(StaticFiles::Load(directory));
}

}  // namespace

struct Wiring::Parts {
  explicit Parts(const Config& config)
      : nats(runtime::OrThrow(bus::Connection::Open(config.nats))),
        topology(*nats, runtime::OrThrow(bus::Topology::Load(config.nats_topology))),
        channel(rpc::MakeChannel(config.analytics_address)),
        analytics(channel, config.upstream_timeout),
        scraper(rpc::MakeChannel(config.scraper_address), config.upstream_timeout),
        source(MakeNatsEventSource(*nats)),
        hub(*source, Hub::Options()),
        replays(*source, 4),
        router(AllRoutes({.analytics = analytics,
                          .scraper = scraper,
                          .hub = hub,
                          .replays = replays,
                          .import_bytes = config.import_bytes})),
        files(LoadWeb(config.web_dir)),
        limiter({.per_second = static_cast<double>(config.rate_limit_per_second),
                 .burst = static_cast<double>(config.rate_limit_burst)},
                clock),
        key(config.admin_key),
        application(router, files, limiter, key),
        server(runtime::OrThrow(rpc::Server::Start(config.grpc_address, {}))),
        http(runtime::OrThrow(http::Server::Start({.address = config.http_address,
                                                   .threads = config.http_threads,
                                                   .limits = config.http_limits},
                                                  application))) {}

  SystemClock clock;
  std::unique_ptr<bus::Connection> nats;
  bus::TopologyKeeper topology;
  std::shared_ptr<grpc::Channel> channel;
  AnalyticsClient analytics;
  ScraperClient scraper;
  std::unique_ptr<EventSource> source;
  Hub hub;
  ReplayPool replays;
  routing::Router router;
  StaticFiles files;
  RateLimiter limiter;
  ApiKey key;
  Application application;
  std::unique_ptr<rpc::Server> server;
  std::unique_ptr<http::Server> http;
};

Wiring::Wiring(const Config& config, runtime::Runtime& runtime) {
  RaiseFileLimit(config.http_limits.connections);
  parts_ = std::make_unique<Parts>(config);
  Parts& parts = *parts_;
  runtime.AddReadiness("nats", [&parts] { return parts.topology.Probe(); });
  runtime.AddReadiness("analytics", [&parts, address = config.analytics_address] {
    return rpc::Probe(parts.channel, address);
  });

  runtime.OnStop("nats topology", [&parts](absl::Time) { parts.topology.Stop(); });
  parts.hub.Start();
  runtime.OnStop("event hub", [&parts](absl::Time) { parts.hub.Stop(); });
  runtime.OnStop("grpc server", [&parts](absl::Time deadline) { parts.server->Stop(deadline); });
  runtime.OnStop("http server", [&parts](absl::Time deadline) { parts.http->Stop(deadline); });
  spdlog::info("http on {} (port {}), {} web files", config.http_address, parts.http->port(),
               parts.files.size());
}

Wiring::~Wiring() = default;

int Wiring::http_port() const {
  return parts_->http->port();
}

}  // namespace fails::gateway
