// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/health_board.h"

#include "common/base/status_macros.h"

namespace fails::scraper {

absl::Status HealthBoard::TellHealth(const std::string& page, const Health& health) {
  FAILS_ASSIGN_OR_RETURN(const auto progress, Progress(page));
  return states_.PublishHealth(page, health, progress);
}

absl::Status HealthBoard::TellProgress(const std::string& page, const BackfillProgress& progress) {
  FAILS_ASSIGN_OR_RETURN(const auto entry, states_.Get(page));
  return states_.PublishHealth(page, entry ? entry->state.health : Health{}, progress);
}

absl::StatusOr<std::optional<BackfillProgress>> HealthBoard::Progress(const std::string& page) {
  FAILS_ASSIGN_OR_RETURN(auto entry, backfills_.Get(page));
  if (!entry) return std::nullopt;
  return std::move(entry->state.progress);
}

}  // namespace fails::scraper
