// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/status_queries.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/wire/time_proto.h"
#include "services/analytics/app/catalog_queries.h"
#include "services/analytics/app/time_range.h"

namespace fails::analytics {
namespace {

constexpr int kDefaultLimit = 200;
constexpr int kLargestLimit = 1000;
constexpr int kMostServices = 1000;

const catalog::Page* FindPage(const catalog::Catalog& catalog, const std::string& id) {
  for (const catalog::Page* page : catalog.Pages()) {
    if (page->id.str() == id) return page;
  }
  return nullptr;
}

}  // namespace

absl::flat_hash_map<std::string, std::vector<std::string>> OngoingByService(
    const Snapshot& snapshot) {
  std::vector<Snapshot::Row> rows = snapshot.Ongoing();
  std::ranges::sort(rows, [&](Snapshot::Row a, Snapshot::Row b) {
    const auto started_a = snapshot.at(a).started(StartBasis::kReport);
    const auto started_b = snapshot.at(b).started(StartBasis::kReport);
    return started_a != started_b ? started_a > started_b
                                  : snapshot.at(a).id() < snapshot.at(b).id();
  });
  absl::flat_hash_map<std::string, std::vector<std::string>> by_service;
  for (const Snapshot::Row row : rows) {
    for (const ServiceIndex service : snapshot.at(row).services()) {
      by_service[snapshot.names().service(service).str()].emplace_back(snapshot.at(row).id());
    }
  }
  return by_service;
}

void StatusQueries::Doubt(absl::Time now, v1::ServiceState& state) const {
  const catalog::Page* page = FindPage(catalog_, state.page());
  const auto health = health_.Get(state.page());
  const bool read = health && health->has_last_success_at();
  const bool active = page != nullptr && page->status == catalog::PageStatus::kActive;
  if (active && read &&
      wire::FromProto(health->last_success_at()) >= now - PatienceWith(page->interval)) {
    return;
  }
  state.set_status(v1::SERVICE_STATUS_UNSPECIFIED);
  // Nobody knows since it was last read; where not even that is known, since it was last said.
  if (read) {
    *state.mutable_since() = health->last_success_at();
  } else if (state.has_reported_at()) {
    *state.mutable_since() = state.reported_at();
  }
}

absl::StatusOr<v1::ListServiceStatesResponse> StatusQueries::ListStates(
    const v1::ListServiceStatesRequest& request) {
  if (!request.provider().empty() && !catalog_.FindProvider(ProviderId(request.provider()))) {
    return absl::InvalidArgumentError(
        fmt::format("provider: '{}' is not a provider", request.provider().substr(0, 200)));
  }
  const auto snapshot = keeper_.Current();
  if (!snapshot) {
    return absl::UnavailableError(
        fmt::format("incidents are not loaded yet: {}", std::string(keeper_.Probe().message())));
  }
  FAILS_ASSIGN_OR_RETURN(std::vector<v1::ServiceState> said, reader_.States());
  absl::flat_hash_map<std::string, v1::ServiceState*> by_service;
  for (v1::ServiceState& state : said) by_service[state.service()] = &state;
  const auto ongoing = OngoingByService(*snapshot);

  const absl::Time now = clock_.Now();
  v1::ListServiceStatesResponse response;
  for (const catalog::Service* service : catalog_.Services()) {
    if (!request.provider().empty() && service->provider.str() != request.provider()) continue;
    const std::string& id = service->id.str();
    v1::ServiceState& state = *response.add_states();
    if (const auto it = by_service.find(id); it != by_service.end()) {
      state = std::move(*it->second);
      Doubt(now, state);
    }
    state.set_service(id);
    state.set_provider(service->provider.str());
    if (const auto it = ongoing.find(id); it != ongoing.end()) {
      for (const std::string& incident : it->second) state.add_ongoing_incidents(incident);
    }
  }
  response.set_notice(catalog_.notice());
  return response;
}

absl::StatusOr<v1::ListServiceStatusChangesResponse> StatusQueries::ListChanges(
    const v1::ListServiceStatusChangesRequest& request) {
  std::vector<std::string> problems;
  StatusChangeFilter filter;
  filter.services.assign(request.services().begin(), request.services().end());
  if (request.services_size() > kMostServices) {
    problems.push_back(fmt::format("services: more than {}", kMostServices));
  }
  for (const std::string& id : filter.services) {
    if (catalog_.FindService(ServiceId(id))) continue;
    problems.push_back(fmt::format("services: '{}' is not a service", id.substr(0, 200)));
  }
  const TimeRange range = TimeRangeOf(request, problems);
  filter.from = range.from;
  filter.to = range.to;
  if (request.limit() < 0 || request.limit() > kLargestLimit) {
    problems.push_back(
        fmt::format("limit: '{}' is not within 1 and {}", request.limit(), kLargestLimit));
  }
  if (!problems.empty()) {
    return absl::InvalidArgumentError(fmt::format("{}", fmt::join(problems, "; ")));
  }
  FAILS_ASSIGN_OR_RETURN(
      auto changes,
      reader_.Changes(filter, request.limit() == 0 ? kDefaultLimit : request.limit()));
  v1::ListServiceStatusChangesResponse response;
  for (v1::ServiceStatusChange& change : changes) *response.add_changes() = std::move(change);
  response.set_notice(catalog_.notice());
  return response;
}

}  // namespace fails::analytics
