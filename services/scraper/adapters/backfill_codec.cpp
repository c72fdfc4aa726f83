// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/adapters/backfill_codec.h"

#include "common/base/utf8.h"
#include "common/wire/time_proto.h"
#include "fails/v1/scraper_service.pb.h"

namespace fails::scraper {
namespace {

v1::BackfillProgress::State ToProto(BackfillPhase phase) {
  switch (phase) {
    case BackfillPhase::kNone:
      return v1::BackfillProgress::STATE_UNSPECIFIED;
    case BackfillPhase::kRunning:
      return v1::BackfillProgress::STATE_RUNNING;
    case BackfillPhase::kDone:
      return v1::BackfillProgress::STATE_DONE;
    case BackfillPhase::kFailed:
      return v1::BackfillProgress::STATE_FAILED;
  }
  return v1::BackfillProgress::STATE_UNSPECIFIED;
}

BackfillPhase FromProto(v1::BackfillProgress::State state) {
  switch (state) {
    case v1::BackfillProgress::STATE_RUNNING:
      return BackfillPhase::kRunning;
    case v1::BackfillProgress::STATE_DONE:
      return BackfillPhase::kDone;
    case v1::BackfillProgress::STATE_FAILED:
      return BackfillPhase::kFailed;
    default:
      return BackfillPhase::kNone;
  }
}

BackfillProgress FromProto(const v1::BackfillProgress& proto) {
  BackfillProgress progress;
  progress.phase = FromProto(proto.state());
  progress.documents = proto.documents();
  progress.pending = proto.pending();
  if (proto.has_started_at()) progress.started_at = wire::FromProto(proto.started_at());
  if (proto.has_finished_at()) progress.finished_at = wire::FromProto(proto.finished_at());
  progress.last_error = proto.last_error();
  return progress;
}

void Set(google::protobuf::Timestamp* target, absl::Time time) {
  *target = wire::ToProto(time);
}

bool IsFinite(absl::Time time) {
  return time != absl::InfinitePast() && time != absl::InfiniteFuture();
}

}  // namespace

v1::BackfillProgress ToProto(const BackfillProgress& progress) {
  v1::BackfillProgress proto;
  proto.set_state(ToProto(progress.phase));
  proto.set_documents(progress.documents);
  proto.set_pending(progress.pending);
  if (IsFinite(progress.started_at)) Set(proto.mutable_started_at(), progress.started_at);
  if (progress.finished_at) Set(proto.mutable_finished_at(), *progress.finished_at);
  proto.set_last_error(RepairUtf8(progress.last_error));
  return proto;
}

std::string EncodeBackfill(const BackfillState& state) {
  v1::BackfillState proto;
  proto.set_platform(state.platform);
  proto.set_url(state.url);
  proto.set_owner(state.owner);
  if (IsFinite(state.lease_until)) Set(proto.mutable_lease_until(), state.lease_until);
  if (IsFinite(state.next_at)) Set(proto.mutable_next_at(), state.next_at);
  proto.set_consecutive_failures(state.consecutive_failures);
  *proto.mutable_progress() = ToProto(state.progress);
  for (const PendingDocument& document : state.pending) {
    v1::PendingDocument& entry = *proto.add_pending();
    entry.set_kind(RepairUtf8(document.kind));
    entry.set_url(RepairUtf8(document.url));
    entry.set_accept(document.accept);
    entry.set_state(RepairUtf8(document.state));
    entry.set_attempts(document.attempts);
    entry.set_instead_of(RepairUtf8(document.instead_of));
    if (IsFinite(document.not_before)) Set(entry.mutable_not_before(), document.not_before);
  }
  for (const std::uint64_t hash : state.seen) proto.add_seen(hash);
  proto.set_skipped(state.skipped);
  proto.set_skipped_words(RepairUtf8(state.skipped_words));
  return proto.SerializeAsString();
}

absl::StatusOr<BackfillState> DecodeBackfill(const std::string& bytes) {
  v1::BackfillState proto;
  if (!proto.ParseFromString(bytes)) {
    return absl::DataLossError("these bytes are no BackfillState");
  }
  BackfillState state;
  state.platform = proto.platform();
  state.url = proto.url();
  state.owner = proto.owner();
  if (proto.has_lease_until()) state.lease_until = wire::FromProto(proto.lease_until());
  if (proto.has_next_at()) state.next_at = wire::FromProto(proto.next_at());
  state.consecutive_failures = proto.consecutive_failures();
  state.progress = FromProto(proto.progress());
  for (const v1::PendingDocument& entry : proto.pending()) {
    PendingDocument document{.kind = entry.kind(),
                             .url = entry.url(),
                             .accept = entry.accept(),
                             .state = entry.state(),
                             .attempts = entry.attempts(),
                             .instead_of = entry.instead_of()};
    if (entry.has_not_before()) document.not_before = wire::FromProto(entry.not_before());
    state.pending.push_back(std::move(document));
  }
  state.seen.insert(proto.seen().begin(), proto.seen().end());
  state.skipped = proto.skipped();
  state.skipped_words = proto.skipped_words();
  return state;
}

}  // namespace fails::scraper
