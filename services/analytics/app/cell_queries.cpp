// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/cell_queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "common/base/status_macros.h"
#include "services/analytics/app/query_proto.h"
#include "services/analytics/domain/listing/cursor.h"

namespace fails::analytics {
namespace {

constexpr int kDefaultLimit = 50;
constexpr int kLargestLimit = 200;

// Where an incident stands in the list. Its words live as long as the snapshot.
struct Place {
  std::int64_t started;
  std::string_view id;

  bool operator<(const Place& other) const {
    return started != other.started ? started > other.started : id < other.id;
  }
};

// The text that cursors of this list are bound to: the question as it was asked.
std::string ListOf(const v1::ListCellIncidentsRequest& request) {
  return fmt::format("cell/1\n{}:{}\n{}:{}\n{}", request.id().size(), request.id(),
                     request.cell().size(), request.cell(), request.query().SerializeAsString());
}

// The first `limit` places after the position, and one more if there are any beyond.
std::vector<Place> PageOf(const CellRows& cell, const std::optional<ListPosition>& after,
                          std::size_t limit) {
  std::vector<Place> places;
  std::optional<Place> from;
  if (after) from = Place{absl::ToUnixSeconds(after->at), after->id};
  for (const Snapshot::Row row : cell.rows) {
    const IncidentView incident = cell.snapshot->at(row);
    const Place place{incident.started(cell.start), incident.id()};
    if (!from || *from < place) places.push_back(place);
  }
  const std::size_t wanted = std::min(places.size(), limit + 1);
  const auto end = places.begin() + static_cast<std::ptrdiff_t>(wanted);
  std::partial_sort(places.begin(), end, places.end());
  places.erase(end, places.end());
  return places;
}

}  // namespace

absl::StatusOr<v1::ListCellIncidentsResponse> CellQueries::List(
    const v1::ListCellIncidentsRequest& request, const Cancelled& cancelled) {
  if (request.limit() < 0 || request.limit() > kLargestLimit) {
    return absl::InvalidArgumentError(
        fmt::format("limit: '{}' is not within 1 and {}", request.limit(), kLargestLimit));
  }
  const auto limit =
      static_cast<std::size_t>(request.limit() == 0 ? kDefaultLimit : request.limit());
  std::optional<ListPosition> after;
  if (!request.cursor().empty()) {
    FAILS_ASSIGN_OR_RETURN(after, DecodeListCursor(ListOf(request), request.cursor()));
  }
  FAILS_ASSIGN_OR_RETURN(const CellRows cell, runner_.Cell(request.id(), FromProto(request.query()),
                                                           request.cell(), cancelled));
  std::vector<Place> page = PageOf(cell, after, limit);

  v1::ListCellIncidentsResponse response;
  if (page.size() > limit) {
    page.pop_back();
    response.set_next_cursor(EncodeListCursor(
        ListOf(request),
        {absl::FromUnixSeconds(page.back().started), std::string(page.back().id)}));
  }
  std::vector<std::string> ids;
  for (const Place& place : page) ids.emplace_back(place.id);
  if (!ids.empty()) {
    FAILS_ASSIGN_OR_RETURN(auto incidents, reader_.ListByIds(ids));
    for (v1::Incident& incident : incidents) *response.add_incidents() = std::move(incident);
  }
  response.set_total(static_cast<std::int64_t>(cell.rows.size()));
  response.set_data_version(cell.snapshot->data_version());
  response.set_notice(notice_);
  return response;
}

}  // namespace fails::analytics
