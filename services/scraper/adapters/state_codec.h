// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "fails/v1/catalog.pb.h"
#include "services/scraper/app/watched_page.h"
#include "services/scraper/domain/backfill_state.h"
#include "services/scraper/domain/page_state.h"

// Domain <-> proto. Text that came from outside leaves here as valid UTF-8.
namespace fails::scraper {

std::string EncodeState(const std::string& page, const PageState& state);
// DATA_LOSS for bytes that are no PageState.
absl::StatusOr<PageState> DecodeState(const std::string& bytes);

v1::PageHealth ToProto(const std::string& page, const Health& health);
// `backfill`: absent while the history was never walked.
v1::Page ToProto(const WatchedPage& page, const Health& health,
                 const std::optional<BackfillProgress>& backfill);

}  // namespace fails::scraper
