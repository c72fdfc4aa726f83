// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/bus/publisher.h"
#include "common/bus/topology.h"
#include "common/http/client.h"
#include "services/scraper/adapters/http_fetcher.h"
#include "services/scraper/adapters/nats_backfill_store.h"
#include "services/scraper/adapters/nats_document_sink.h"
#include "services/scraper/adapters/nats_state_store.h"
#include "services/scraper/app/backfiller.h"
#include "services/scraper/app/page_desk.h"
#include "services/scraper/app/poller.h"

namespace fails::scraper {

struct Timing {
  absl::Duration lease = absl::Seconds(15);
  double backfill_per_second = 10'000;
};

// One scraper, of the real parts, with a page list and platforms of the test's.
class Replica {
 public:
  Replica(const std::string& nats_url, const std::string& name, std::vector<WatchedPage> pages,
          Timing timing = {});
  ~Replica();

  // Blocks until the topology is applied.
  void Start();
  void Stop();

  NatsStateStore& store() { return store_; }
  NatsBackfillStore& backfills() { return backfills_; }
  PageDesk& desk() { return desk_; }
  bus::Connection& nats() { return *nats_; }
  const HistoryWalk& walk() const { return walk_; }
  const Clock& clock() const { return clock_; }

 private:
  SystemClock clock_;
  const std::vector<WatchedPage> pages_;
  PollMetrics metrics_;
  std::unique_ptr<bus::Connection> nats_;
  bus::TopologyKeeper topology_;
  bus::Publisher publisher_;
  NatsDocumentSink sink_;
  NatsStateStore store_;
  NatsBackfillStore backfills_;
  HealthBoard board_;
  http::Client http_;
  HttpFetcher fetcher_;
  Fetch fetch_;
  PagePoll page_poll_;
  HostPace pace_;
  HistoryWalk walk_;
  Claims claims_;
  LeaseKeeper keeper_;
  Poller poller_;
  Backfiller backfiller_;
  PageDesk desk_;
  std::unique_ptr<bus::KeyValueWatcher> watcher_;
  std::unique_ptr<bus::KeyValueWatcher> backfill_watcher_;
};

}  // namespace fails::scraper
