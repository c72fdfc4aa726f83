// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/serve.h"

#include <csignal>
#include <iostream>
#include <memory>

#include "tests/simulator/demo/demo_site.h"
#include "tests/simulator/server.h"
#include "tests/simulator/simulator.h"
#include "tests/simulator/static_site.h"

namespace fails::simulator {
namespace {

// What is served, and the demo behind it if there is one.
struct Content {
  std::unique_ptr<World> world;
  std::unique_ptr<Site> site;
};

absl::StatusOr<Content> MakeContent(const ServeOptions& options, const Clock& clock) {
  Content content;
  if (!options.pages.empty()) {
    absl::StatusOr<StaticSite> site = StaticSite::Open(options.pages);
    if (!site.ok()) return site.status();
    content.site = std::make_unique<StaticSite>(*std::move(site));
    return content;
  }
  absl::StatusOr<std::unique_ptr<World>> world = World::Create(options.demo, clock);
  if (!world.ok()) return world.status();
  content.world = *std::move(world);
  content.site = std::make_unique<DemoSite>(*content.world);
  return content;
}

int Fail(const absl::Status& status) {
  std::cerr << "fails-simulator: " << status.message() << '\n';
  return 1;
}

}  // namespace

int Serve(const ServeOptions& options) {
  const SystemClock clock;
  const absl::StatusOr<Content> content = MakeContent(options, clock);
  if (!content.ok()) return Fail(content.status());

  sigset_t signals;  // blocked before any thread begins, so that only sigwait() below sees them
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  HttpServer server;
  Simulator simulator(*content->site, content->world.get(), clock,
                      [&server](absl::Duration delay) { server.Pause(delay); });
  const absl::StatusOr<int> port =
      server.Start(options.address, options.port,
                   [&simulator](const Request& request) { return simulator.Handle(request); });
  if (!port.ok()) return Fail(port.status());
  std::cout << "listening on http://" << options.address << ":" << *port << std::endl;

  int signal = 0;
  sigwait(&signals, &signal);
  server.Stop();
  return 0;
}

}  // namespace fails::simulator
