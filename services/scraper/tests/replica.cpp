// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/tests/replica.h"
#include "services/scraper/app/platform_probe.h"

#include <stdexcept>
#include <utility>

#include "common/runtime/or_throw.h"

namespace fails::scraper {
namespace {

Backfiller::Options BackfillOptions(absl::Duration lease) {
  Backfiller::Options options;
  options.lease = lease;
  options.slice.policy.retry_after = absl::Milliseconds(20);
  return options;
}

}  // namespace

Replica::Replica(const std::string& nats_url, const std::string& name,
                 std::vector<WatchedPage> pages, Timing timing)
    : pages_(std::move(pages)),
      metrics_(pages_, clock_),
      nats_(runtime::OrThrow(bus::Connection::Open(
          {.url = nats_url, .user = "", .password = "", .client_name = name}))),
      topology_(*nats_, runtime::OrThrow(
                            bus::Topology::Load(FAILS_SOURCE_DIR "/deploy/nats/topology.yaml"))),
      publisher_(*nats_),
      sink_(publisher_, clock_),
      store_(*nats_),
      backfills_(*nats_),
      board_(store_, backfills_),
      http_("fails-scraper/test"),
      fetcher_(http_),
      fetch_([this](const FetchRequest& request) { return fetcher_.Get(request); }),
      page_poll_(clock_, fetch_, sink_,
                 [this](std::vector<FetchRequest> requests, absl::Time last_start) {
                   return fetcher_.GetWhileUnchanged(std::move(requests), last_start);
                 }),
      pace_(timing.backfill_per_second),
      walk_(clock_, fetch_, sink_, pace_, [] { return 0.5; }),
      claims_(store_, clock_, name, timing.lease),
      keeper_(timing.lease / 3),
      poller_(pages_, {},
              {clock_, claims_, keeper_, page_poll_, board_, metrics_, [] { return 0.5; },
               [this](const std::string& url, const std::function<absl::Status()>& cut) {
                 return ProbePlatform(fetch_, url, cut);
               },
               [this] { fetcher_.Cancel(); }}),
      backfiller_(pages_, BackfillOptions(timing.lease),
                  {clock_, backfills_, keeper_, walk_, board_, metrics_, name}),
      desk_(
          pages_, true, clock_, store_, backfills_,
          [this](const std::string& page, const PageState& state) {
            poller_.PageChanged(page, state);
          },
          [this](const std::string& page, const BackfillState& state) {
            backfiller_.BackfillChanged(page, state);
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
        const auto state = NatsStateStore::Read(page, value);
        poller_.PageChanged(page, state);
        backfiller_.PageChanged(page, state);
      });
  backfill_watcher_ = std::make_unique<bus::KeyValueWatcher>(
      *nats_, NatsBackfillStore::kBucket,
      [this](const std::string& page, const std::optional<std::string>& value) {
        backfiller_.BackfillChanged(page, NatsBackfillStore::Read(page, value));
      });
  poller_.Start();
  backfiller_.Start();
}

void Replica::Stop() {
  poller_.Stop(absl::Now() + absl::Seconds(10));
  backfiller_.Stop();
  if (watcher_) watcher_->Stop();
  if (backfill_watcher_) backfill_watcher_->Stop();
}

}  // namespace fails::scraper
