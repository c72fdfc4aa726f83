// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// Tells the readers of other processes how a page's collection goes: its polls and the walk through
// its history, which are kept apart and change at different times. Two that tell at the same moment
// may leave the older half of one of them, until the page is polled next. Thread-safe.
class HealthBoard {
 public:
  HealthBoard(StateStore& states, BackfillStore& backfills)
      : states_(states), backfills_(backfills) {}

  // Both: UNAVAILABLE while the store is away.
  absl::Status TellHealth(const std::string& page, const Health& health);
  absl::Status TellProgress(const std::string& page, const BackfillProgress& progress);

  absl::StatusOr<std::optional<BackfillProgress>> Progress(const std::string& page);

 private:
  StateStore& states_;
  BackfillStore& backfills_;
};

}  // namespace fails::scraper
