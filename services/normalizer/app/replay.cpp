// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/replay.h"

#include "common/base/status_macros.h"
#include "common/bus/outcome.h"
#include "common/bus/stream_reader.h"
#include "common/obs/log.h"
#include "common/wire/time_proto.h"
#include "fails/v1/document.pb.h"

namespace fails::normalizer {
namespace {

constexpr char kStream[] = "FAILS_RAW";
constexpr char kSubjects[] = "fails.raw.v1.>";
constexpr int kBatch = 200;

bool Wanted(const v1::ReplayRequest& request, const bus::StoredMessage& message) {
  v1::RawDocument document;
  if (!document.ParseFromString(message.payload)) return false;
  if (!request.page().empty() && document.page() != request.page()) return false;
  const absl::Time fetched_at = wire::FromProto(document.fetched_at());
  if (request.has_from() && fetched_at < wire::FromProto(request.from())) return false;
  return !request.has_to() || fetched_at < wire::FromProto(request.to());
}

}  // namespace

absl::Status Replay(bus::Connection& connection, DocumentHandler& handler,
                    const v1::ReplayRequest& request,
                    const std::function<bool(const v1::ReplayResponse&)>& progress) {
  FAILS_ASSIGN_OR_RETURN(const bus::StreamBounds bounds,
                         bus::StreamReader::Bounds(connection, kStream));
  v1::ReplayResponse state;
  state.set_documents_total(static_cast<std::int64_t>(bounds.messages));
  if (bounds.messages == 0) {
    return progress(state) ? absl::OkStatus() : absl::CancelledError("replay stopped");
  }
  bus::StreamReader reader(connection, kStream, kSubjects, bounds.first);
  for (std::uint64_t last = 0; last < bounds.last;) {
    FAILS_ASSIGN_OR_RETURN(const auto messages, reader.Next(kBatch, absl::Seconds(5)));
    if (messages.empty()) return absl::UnavailableError("the raw stream stopped answering");
    for (const bus::StoredMessage& message : messages) {
      last = message.sequence;
      if (last > bounds.last) break;
      state.set_documents_read(state.documents_read() + 1);
      if (!Wanted(request, message)) continue;
      const auto result = handler.Handle("", message.payload);
      if (result.ok()) {
        state.set_incidents_changed(state.incidents_changed() + result->incidents);
      } else if (bus::OutcomeOf(result.status(), false) == bus::Outcome::kNever) {
        spdlog::warn("replay skips message {}: {}", message.sequence,
                     std::string(result.status().message()));
      } else {
        return result.status();
      }
    }
    if (!progress(state)) return absl::CancelledError("replay stopped");
  }
  return absl::OkStatus();
}

}  // namespace fails::normalizer
