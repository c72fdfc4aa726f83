// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/app/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "common/base/status_macros.h"
#include "common/base/time.h"
#include "common/bus/outcome.h"
#include "common/bus/stream_reader.h"
#include "common/obs/log.h"
#include "common/wire/time_proto.h"
#include "fails/v1/document.pb.h"

namespace fails::normalizer {
namespace {

constexpr char kStream[] = "FAILS_RAW";
constexpr int kBatch = 200;

// A document is stored soon after it was fetched: at once by the same clock, later when the bus was
// away.
constexpr absl::Duration kClocksDiffer = absl::Minutes(10);
constexpr absl::Duration kStoredLate = absl::Hours(24);

struct Range {
  absl::Time from = absl::InfinitePast();
  absl::Time to = absl::InfiniteFuture();

  bool Holds(absl::Time fetched_at) const { return fetched_at >= from && fetched_at < to; }
};

absl::StatusOr<Range> RangeOf(const v1::ReplayRequest& request) {
  Range range;
  if (request.has_from()) range.from = wire::FromProto(request.from());
  if (request.has_to()) range.to = wire::FromProto(request.to());
  if (range.from >= range.to) {
    return absl::InvalidArgumentError(fmt::format("to: '{}' is not after from, '{}'",
                                                  ToRfc3339(range.to), ToRfc3339(range.from)));
  }
  return range;
}

// A page is the last word of its documents' subject.
absl::StatusOr<std::string> SubjectsOf(const std::string& page) {
  if (page.empty()) return "fails.raw.v1.>";
  const bool word = std::ranges::all_of(
      page, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
  if (!word) return absl::InvalidArgumentError(fmt::format("page: '{}' cannot be one", page));
  return fmt::format("fails.raw.v1.*.{}", page);
}

absl::Status HandleAgain(DocumentHandler& handler, const bus::StoredMessage& message,
                         const Range& range, v1::ReplayResponse& state) {
  v1::RawDocument document;
  if (!document.ParseFromString(message.payload)) return absl::OkStatus();
  if (!range.Holds(wire::FromProto(document.fetched_at()))) return absl::OkStatus();
  const auto result = handler.Handle("", message.payload);
  if (result.ok()) {
    state.set_incidents_changed(state.incidents_changed() + result->incidents);
    return absl::OkStatus();
  }
  if (bus::OutcomeOf(result.status(), false) != bus::Outcome::kNever) return result.status();
  spdlog::warn("replay skips message {}: {}", message.sequence,
               std::string(result.status().message()));
  return absl::OkStatus();
}

}  // namespace

absl::Status Replay(bus::Connection& connection, DocumentHandler& handler,
                    const v1::ReplayRequest& request,
                    const std::function<bool(const v1::ReplayResponse&)>& progress) {
  FAILS_ASSIGN_OR_RETURN(const Range range, RangeOf(request));
  FAILS_ASSIGN_OR_RETURN(const std::string subjects, SubjectsOf(request.page()));
  bus::StreamReader reader(connection, kStream, subjects, range.from - kClocksDiffer);
  FAILS_ASSIGN_OR_RETURN(const std::uint64_t total, reader.Ahead());
  v1::ReplayResponse state;
  state.set_documents_total(static_cast<std::int64_t>(total));
  bool beyond = false;
  while (!beyond && state.documents_read() < state.documents_total()) {
    const auto left = state.documents_total() - state.documents_read();
    FAILS_ASSIGN_OR_RETURN(
        const auto messages,
        reader.Next(static_cast<int>(std::min<std::int64_t>(kBatch, left)), absl::Seconds(5)));
    if (messages.empty()) return absl::UnavailableError("the raw stream stopped answering");
    for (const bus::StoredMessage& message : messages) {
      state.set_documents_read(state.documents_read() + 1);
      beyond = message.stored_at - kStoredLate >= range.to;
      if (beyond) break;
      FAILS_RETURN_IF_ERROR(HandleAgain(handler, message, range, state));
    }
    if (beyond) state.set_documents_total(state.documents_read());
    if (!progress(state)) return absl::CancelledError("replay stopped");
  }
  if (total == 0 && !progress(state)) return absl::CancelledError("replay stopped");
  return absl::OkStatus();
}

}  // namespace fails::normalizer
