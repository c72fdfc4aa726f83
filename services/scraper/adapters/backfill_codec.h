// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "fails/v1/catalog.pb.h"
#include "services/scraper/domain/backfill_state.h"

// Domain <-> proto. Text that came from outside leaves here as valid UTF-8.
namespace fails::scraper {

std::string EncodeBackfill(const BackfillState& state);
// DATA_LOSS for bytes that are no BackfillState.
absl::StatusOr<BackfillState> DecodeBackfill(const std::string& bytes);

v1::BackfillProgress ToProto(const BackfillProgress& progress);

}  // namespace fails::scraper
