// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/nats_backfill_store.h"

#include "common/base/status_macros.h"
#include "common/obs/log.h"
#include "services/scraper/adapters/backfill_codec.h"

namespace fails::scraper {

std::optional<BackfillState> NatsBackfillStore::Read(const std::string& page,
                                                     const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  auto state = DecodeBackfill(*value);
  if (state.ok()) return *std::move(state);
  spdlog::error("history of page {} begins anew: {}", page, state.status().ToString());
  return std::nullopt;
}

absl::StatusOr<std::optional<BackfillStore::Entry>> NatsBackfillStore::Get(
    const std::string& page) {
  FAILS_ASSIGN_OR_RETURN(const auto found, bucket_.Get(page));
  if (!found) return std::nullopt;
  return Entry{Read(page, found->value).value_or(BackfillState{}), found->revision};
}

absl::StatusOr<std::uint64_t> NatsBackfillStore::CompareAndSet(const std::string& page,
                                                               const BackfillState& state,
                                                               std::uint64_t expected) {
  const std::string bytes = EncodeBackfill(state);
  if (expected > 0) return bucket_.Update(page, bytes, expected);
  auto created = bucket_.Create(page, bytes);
  if (created.status().code() == absl::StatusCode::kAlreadyExists) {
    return absl::AbortedError(created.status().message());
  }
  return created;
}

}  // namespace fails::scraper
