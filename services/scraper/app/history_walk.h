// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "services/scraper/app/host_pace.h"
#include "services/scraper/app/page_poll.h"
#include "services/scraper/app/ports.h"
#include "services/scraper/domain/backfill_state.h"

namespace fails::scraper {

struct SliceOptions {
  int documents = 25;                         // what a crash makes us fetch again, at most
  absl::Duration budget = absl::Seconds(10);  // no request is begun after it
  BackfillPolicy policy;
};

// The walk through a page's history, a slice at a time: asks for documents that are pending,
// publishes them, and notes what they lead to. Thread-safe.
class HistoryWalk {
 public:
  HistoryWalk(const Clock& clock, const Fetch& fetch, DocumentSink& sink, HostPace& pace,
              Random random)
      : clock_(clock), fetch_(fetch), sink_(sink), pace_(pace), random_(std::move(random)) {}

  // Blocks until then; false when there is no time left to go on (we shut down).
  using WaitUntil = std::function<bool(absl::Time)>;

  struct Slice {
    BackfillState state;  // settled; every document it counts as fetched is confirmed by the bus
    int published = 0;
    absl::Status interruption;  // why we stopped for a reason of ours; else OK
  };
  Slice Run(const PollTarget& target, BackfillState state, const SliceOptions& options,
            const WaitUntil& wait_until) const;

 private:
  const Clock& clock_;
  const Fetch& fetch_;
  DocumentSink& sink_;
  HostPace& pace_;
  const Random random_;
};

}  // namespace fails::scraper
