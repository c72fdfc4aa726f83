// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/tests/replica.h"

#include <stdexcept>
#include <utility>

#include "common/runtime/or_throw.h"

namespace fails::scraper {

Replica::Replica(const std::string& nats_url, const std::string& name,
                 std::vector<WatchedPage> pages, absl::Duration lease)
    : nats_(runtime::OrThrow(bus::Connection::Open(
          {.url = nats_url, .user = "", .password = "", .client_name = name}))),
      topology_(*nats_, runtime::OrThrow(
                            bus::Topology::Load(FAILS_SOURCE_DIR "/deploy/nats/topology.yaml"))),
      publisher_(*nats_),
      sink_(publisher_, clock_),
      store_(*nats_),
      http_("fails-scraper/test"),
      fetcher_(http_),
      fetch_([this](const FetchRequest& request) { return fetcher_.Get(request); }),
      page_poll_(clock_, fetch_, sink_),
      claims_(store_, clock_, name, lease),
      keeper_(lease / 3),
      poller_(pages, {},
              {clock_, store_, claims_, keeper_, page_poll_, metrics_, [] { return 0.5; },
               [this] { fetcher_.Cancel(); }}),
      desk_(pages, true, clock_, store_, page_poll_,
            [this](const std::string& page, const PageState& state) {
              poller_.PageChanged(page, state);
            }) {}

Replica::~Replica() {
  Stop();
}

void Replica::Start() {
  const absl::Status applied = topology_.AwaitApplied(absl::Now() + absl::Seconds(30));
  if (!applied.ok()) throw std::runtime_error(applied.ToString());
  watcher_ = std::make_unique<bus::KeyValueWatcher>(
      *nats_, NatsStateStore::kStateBucket,
      [this](const std::string& page, const std::optional<std::string>& value) {
        poller_.PageChanged(page, NatsStateStore::Read(page, value));
      });
  poller_.Start();
}

void Replica::Stop() {
  poller_.Stop(absl::Now() + absl::Seconds(10));
  if (watcher_) watcher_->Stop();
}

}  // namespace fails::scraper
