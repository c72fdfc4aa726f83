// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/state_codec.h"

#include <optional>
#include <utility>

#include "common/base/utf8.h"
#include "common/wire/time_proto.h"
#include "fails/v1/scraper_service.pb.h"
#include "services/scraper/adapters/backfill_codec.h"

namespace fails::scraper {
namespace {

v1::PageHealthState ToProto(HealthState state) {
  switch (state) {
    case HealthState::kUnknown:
      return v1::PAGE_HEALTH_STATE_UNSPECIFIED;
    case HealthState::kOk:
      return v1::PAGE_HEALTH_STATE_OK;
    case HealthState::kStale:
      return v1::PAGE_HEALTH_STATE_STALE;
    case HealthState::kUnreachable:
      return v1::PAGE_HEALTH_STATE_UNREACHABLE;
    case HealthState::kWrongContent:
      return v1::PAGE_HEALTH_STATE_WRONG_CONTENT;
    case HealthState::kRateLimited:
      return v1::PAGE_HEALTH_STATE_RATE_LIMITED;
    case HealthState::kFrozen:
      return v1::PAGE_HEALTH_STATE_FROZEN;
    case HealthState::kMoved:
      return v1::PAGE_HEALTH_STATE_MOVED;
    case HealthState::kDeleted:
      return v1::PAGE_HEALTH_STATE_DELETED;
  }
  return v1::PAGE_HEALTH_STATE_UNSPECIFIED;
}

HealthState FromProto(v1::PageHealthState state) {
  switch (state) {
    case v1::PAGE_HEALTH_STATE_OK:
      return HealthState::kOk;
    case v1::PAGE_HEALTH_STATE_STALE:
      return HealthState::kStale;
    case v1::PAGE_HEALTH_STATE_UNREACHABLE:
      return HealthState::kUnreachable;
    case v1::PAGE_HEALTH_STATE_WRONG_CONTENT:
      return HealthState::kWrongContent;
    case v1::PAGE_HEALTH_STATE_RATE_LIMITED:
      return HealthState::kRateLimited;
    case v1::PAGE_HEALTH_STATE_FROZEN:
      return HealthState::kFrozen;
    case v1::PAGE_HEALTH_STATE_MOVED:
      return HealthState::kMoved;
    case v1::PAGE_HEALTH_STATE_DELETED:
      return HealthState::kDeleted;
    default:
      return HealthState::kUnknown;
  }
}

bool IsFinite(absl::Time time) {
  return time != absl::InfinitePast() && time != absl::InfiniteFuture();
}

Health FromProto(const v1::PageHealth& proto) {
  Health health;
  health.state = FromProto(proto.state());
  if (proto.has_last_attempt_at())
    health.last_attempt_at = wire::FromProto(proto.last_attempt_at());
  if (proto.has_last_success_at())
    health.last_success_at = wire::FromProto(proto.last_success_at());
  if (proto.has_last_change_at()) health.last_change_at = wire::FromProto(proto.last_change_at());
  health.last_error = proto.last_error();
  health.consecutive_failures = proto.consecutive_failures();
  if (proto.has_next_poll_at()) health.next_poll_at = wire::FromProto(proto.next_poll_at());
  health.detected_platform = proto.detected_platform();
  health.redirected_to = proto.redirected_to();
  return health;
}

}  // namespace

v1::PageHealth ToProto(const std::string& page, const Health& health) {
  v1::PageHealth proto;
  proto.set_page(page);
  proto.set_state(ToProto(health.state));
  if (health.last_attempt_at)
    *proto.mutable_last_attempt_at() = wire::ToProto(*health.last_attempt_at);
  if (health.last_success_at)
    *proto.mutable_last_success_at() = wire::ToProto(*health.last_success_at);
  if (health.last_change_at)
    *proto.mutable_last_change_at() = wire::ToProto(*health.last_change_at);
  proto.set_last_error(RepairUtf8(health.last_error));
  proto.set_consecutive_failures(health.consecutive_failures);
  if (health.next_poll_at) *proto.mutable_next_poll_at() = wire::ToProto(*health.next_poll_at);
  proto.set_detected_platform(health.detected_platform);
  proto.set_redirected_to(RepairUtf8(health.redirected_to));
  return proto;
}

v1::Page ToProto(const WatchedPage& page, const Health& health,
                 const std::optional<BackfillProgress>& backfill) {
  v1::Page proto;
  proto.set_id(page.id);
  proto.set_provider(page.provider);
  proto.set_platform(std::string(page.platform->id()));
  proto.set_url(page.url);
  const bool dormant = page.dormant || health.state == HealthState::kDeleted;
  proto.set_status(dormant ? v1::PAGE_STATUS_DORMANT : v1::PAGE_STATUS_ACTIVE);
  proto.set_interval_seconds(static_cast<std::int32_t>(absl::ToInt64Seconds(page.interval)));
  *proto.mutable_health() = ToProto(page.id, health);
  if (backfill) *proto.mutable_health()->mutable_backfill() = ToProto(*backfill);
  return proto;
}

std::string EncodeState(const std::string& page, const PageState& state) {
  v1::PageState proto;
  proto.set_owner(state.owner);
  if (IsFinite(state.lease_until)) *proto.mutable_lease_until() = wire::ToProto(state.lease_until);
  if (IsFinite(state.next_poll_at))
    *proto.mutable_next_poll_at() = wire::ToProto(state.next_poll_at);
  proto.set_consecutive_failures(state.consecutive_failures);
  for (const auto& [url, validators] : *state.validators) {
    v1::Validators& entry = (*proto.mutable_validators())[RepairUtf8(url)];
    entry.set_etag(RepairUtf8(validators.etag));
    entry.set_last_modified(RepairUtf8(validators.last_modified));
    entry.set_body_sha256(validators.body_sha256);
    entry.set_parent(RepairUtf8(validators.parent));
    if (IsFinite(validators.not_before)) {
      *entry.mutable_not_before() = wire::ToProto(validators.not_before);
    }
    if (validators.page_updated_at) {
      *entry.mutable_page_updated_at() = wire::ToProto(*validators.page_updated_at);
    }
  }
  *proto.mutable_health() = ToProto(page, state.health);
  return proto.SerializeAsString();
}

absl::StatusOr<PageState> DecodeState(const std::string& bytes) {
  v1::PageState proto;
  if (!proto.ParseFromString(bytes)) return absl::DataLossError("these bytes are no PageState");
  PageState state;
  state.owner = proto.owner();
  if (proto.has_lease_until()) state.lease_until = wire::FromProto(proto.lease_until());
  if (proto.has_next_poll_at()) state.next_poll_at = wire::FromProto(proto.next_poll_at());
  state.consecutive_failures = proto.consecutive_failures();
  ValidatorMap documents;
  for (const auto& [url, entry] : proto.validators()) {
    Validators& validators = documents[url];
    validators = {entry.etag(), entry.last_modified(), entry.body_sha256(), entry.parent()};
    if (entry.has_not_before()) validators.not_before = wire::FromProto(entry.not_before());
    if (entry.has_page_updated_at()) {
      validators.page_updated_at = wire::FromProto(entry.page_updated_at());
    }
  }
  state.validators = SharedValidators(std::move(documents));
  state.health = FromProto(proto.health());
  return state;
}

}  // namespace fails::scraper
