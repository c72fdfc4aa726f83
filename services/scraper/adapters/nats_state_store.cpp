// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/nats_state_store.h"

#include "common/base/status_macros.h"
#include "common/obs/log.h"
#include "services/scraper/adapters/backfill_codec.h"
#include "services/scraper/adapters/state_codec.h"

namespace fails::scraper {

std::optional<PageState> NatsStateStore::Read(const std::string& page,
                                              const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  auto state = DecodeState(*value);
  if (state.ok()) return *std::move(state);
  spdlog::error("state of page {} begins anew: {}", page, state.status().ToString());
  return std::nullopt;
}

absl::StatusOr<std::optional<StateStore::Entry>> NatsStateStore::Get(const std::string& page) {
  FAILS_ASSIGN_OR_RETURN(const auto found, state_.Get(page));
  if (!found) return std::nullopt;
  return Entry{Read(page, found->value).value_or(PageState{}), found->revision};
}

absl::StatusOr<std::uint64_t> NatsStateStore::CompareAndSet(const std::string& page,
                                                            const PageState& state,
                                                            std::uint64_t expected) {
  const std::string bytes = EncodeState(page, state);
  if (expected > 0) return state_.Update(page, bytes, expected);
  auto created = state_.Create(page, bytes);
  if (created.status().code() == absl::StatusCode::kAlreadyExists) {
    return absl::AbortedError(created.status().message());
  }
  return created;
}

absl::Status NatsStateStore::PublishHealth(const std::string& page, const Health& health,
                                           const std::optional<BackfillProgress>& backfill) {
  v1::PageHealth proto = ToProto(page, health);
  if (backfill) *proto.mutable_backfill() = ToProto(*backfill);
  return health_.Put(page, proto.SerializeAsString()).status();
}

}  // namespace fails::scraper
