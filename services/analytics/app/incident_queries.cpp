// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/incident_queries.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/wire/incident_proto.h"
#include "services/analytics/app/time_range.h"
#include "services/analytics/domain/calendar.h"
#include "services/analytics/domain/listing/cursor.h"

namespace fails::analytics {
namespace {

constexpr int kDefaultLimit = 50;
constexpr int kLargestLimit = 200;
constexpr std::size_t kLongestQuery = 500;

// PostgreSQL's texts end at a zero byte.
bool HasZero(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

std::optional<ListSort> SortOf(v1::IncidentSort sort) {
  switch (sort) {
    case v1::INCIDENT_SORT_UNSPECIFIED:
    case v1::INCIDENT_SORT_STARTED_AT_DESC:
      return ListSort::kStartedAtDesc;
    case v1::INCIDENT_SORT_STARTED_AT_ASC:
      return ListSort::kStartedAtAsc;
    case v1::INCIDENT_SORT_UPDATED_AT_DESC:
      return ListSort::kUpdatedAtDesc;
    case v1::INCIDENT_SORT_UPDATED_AT_ASC:
      return ListSort::kUpdatedAtAsc;
    default:  // an enumerator of a newer client
      return std::nullopt;
  }
}

}  // namespace

bool IncidentQueries::KnowsProvider(const std::string& id) const {
  if (catalog_.FindProvider(ProviderId(id))) return true;
  const auto snapshot = keeper_.Current();
  return snapshot && snapshot->names().Find(ProviderId(id));
}

bool IncidentQueries::KnowsService(const std::string& id) const {
  if (catalog_.FindService(ServiceId(id))) return true;
  const auto snapshot = keeper_.Current();
  return snapshot && snapshot->names().Find(ServiceId(id));
}

void IncidentQueries::CheckIds(const std::vector<std::string>& providers,
                               const std::vector<std::string>& services,
                               std::vector<std::string>& problems) const {
  for (const std::string& id : providers) {
    if (!KnowsProvider(id)) {
      problems.push_back(fmt::format("providers: '{}' is not a provider", id));
    }
  }
  for (const std::string& id : services) {
    if (!KnowsService(id)) problems.push_back(fmt::format("services: '{}' is not a service", id));
  }
}

absl::StatusOr<IncidentFilter> IncidentQueries::FilterOf(
    const v1::ListIncidentsRequest& request) const {
  std::vector<std::string> problems;
  IncidentFilter filter;
  filter.providers.assign(request.providers().begin(), request.providers().end());
  filter.services.assign(request.services().begin(), request.services().end());
  CheckIds(filter.providers, filter.services, problems);
  for (const int impact : request.impacts()) {
    if (!v1::Impact_IsValid(impact)) {
      problems.push_back(fmt::format("impacts: '{}' is not a level of impact", impact));
    }
    filter.impacts.push_back(wire::FromProto(static_cast<v1::Impact>(impact)));
  }
  for (const int status : request.statuses()) {
    if (!v1::IncidentStatus_IsValid(status)) {
      problems.push_back(fmt::format("statuses: '{}' is not a status", status));
    }
    filter.statuses.push_back(wire::FromProto(static_cast<v1::IncidentStatus>(status)));
  }
  const TimeRange range = TimeRangeOf(request, problems);
  filter.from = range.from;
  filter.to = range.to;
  filter.text = request.query();
  if (filter.text.size() > kLongestQuery || HasZero(filter.text)) {
    problems.push_back(fmt::format("query: '{}' is longer than {} bytes or holds a zero byte",
                                   filter.text.substr(0, 40), kLongestQuery));
  }
  filter.include_withdrawn = request.include_withdrawn();
  if (request.has_ongoing()) filter.ongoing = request.ongoing();
  if (const auto sort = SortOf(request.sort())) {
    filter.sort = *sort;
  } else {
    problems.push_back(fmt::format("sort: '{}' is not an order", static_cast<int>(request.sort())));
  }
  if (request.limit() < 0 || request.limit() > kLargestLimit) {
    problems.push_back(
        fmt::format("limit: '{}' is not within 1 and {}", request.limit(), kLargestLimit));
  }
  if (problems.empty()) return filter;
  return absl::InvalidArgumentError(fmt::format("{}", fmt::join(problems, "; ")));
}

absl::StatusOr<v1::ListIncidentsResponse> IncidentQueries::List(
    const v1::ListIncidentsRequest& request) {
  FAILS_ASSIGN_OR_RETURN(const IncidentFilter filter, FilterOf(request));
  std::optional<ListPosition> after;
  if (!request.cursor().empty()) {
    FAILS_ASSIGN_OR_RETURN(after, DecodeCursor(filter, request.cursor()));
  }
  const int limit = request.limit() == 0 ? kDefaultLimit : request.limit();
  FAILS_ASSIGN_OR_RETURN(IncidentPage page, reader_.List(filter, after, limit));
  v1::ListIncidentsResponse response;
  for (v1::Incident& incident : page.incidents) *response.add_incidents() = std::move(incident);
  if (page.next) response.set_next_cursor(EncodeCursor(filter, *page.next));
  response.set_total(page.total);
  response.set_notice(catalog_.notice());
  return response;
}

absl::StatusOr<v1::GetIncidentResponse> IncidentQueries::Get(
    const v1::GetIncidentRequest& request) {
  const auto unknown = [&] {
    return absl::NotFoundError(fmt::format("unknown incident: {}", request.id().substr(0, 200)));
  };
  if (HasZero(request.id())) return unknown();
  FAILS_ASSIGN_OR_RETURN(auto found, reader_.Get(request.id()));
  if (!found) return unknown();
  return *std::move(found);
}

absl::Status IncidentQueries::Export(const v1::ExportIncidentsRequest& request,
                                     const ExportReader::Take<v1::ExportIncidentsResponse>& take) {
  v1::ListIncidentsRequest list = request.filter();
  list.clear_sort();
  list.clear_limit();
  FAILS_ASSIGN_OR_RETURN(const IncidentFilter filter, FilterOf(list));
  return exports_.Incidents(filter, take);
}

absl::Status IncidentQueries::Export(const v1::ExportOutageDaysRequest& request,
                                     const ExportReader::Take<v1::ExportOutageDaysResponse>& take) {
  std::vector<std::string> problems;
  OutageDayFilter filter;
  filter.providers.assign(request.providers().begin(), request.providers().end());
  filter.services.assign(request.services().begin(), request.services().end());
  CheckIds(filter.providers, filter.services, problems);
  const auto day_of = [&](const char* field, const std::string& text) {
    std::optional<absl::CivilDay> day;
    if (text.empty()) return day;
    absl::CivilDay parsed;
    if (absl::ParseCivilTime(text, &parsed) && IsCalendarDay(parsed) &&
        absl::FormatCivilTime(parsed) == text) {
      day = parsed;
    } else {
      problems.push_back(
          fmt::format("{}: '{}' is not a date, YYYY-MM-DD", field, text.substr(0, 40)));
    }
    return day;
  };
  filter.from = day_of("from", request.from());
  filter.to = day_of("to", request.to());
  if (filter.from && filter.to && *filter.from >= *filter.to) {
    problems.push_back(
        fmt::format("from: '{}' is not before to: '{}'", request.from(), request.to()));
  }
  if (!problems.empty()) {
    return absl::InvalidArgumentError(fmt::format("{}", fmt::join(problems, "; ")));
  }
  return exports_.OutageDays(filter, take);
}

}  // namespace fails::analytics
