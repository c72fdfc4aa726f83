// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/domain/levels.h"
#include "common/wire/incident_proto.h"
#include "common/wire/json.h"
#include "common/wire/time_proto.h"
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

constexpr std::array kImpacts = {Impact::kNone,     Impact::kMinor,       Impact::kMajor,
                                 Impact::kCritical, Impact::kMaintenance, Impact::kUnknown};
constexpr std::array kStatuses = {
    IncidentStatus::kInvestigating, IncidentStatus::kIdentified, IncidentStatus::kMonitoring,
    IncidentStatus::kResolved,      IncidentStatus::kPostmortem, IncidentStatus::kScheduled,
    IncidentStatus::kInProgress,    IncidentStatus::kCompleted,  IncidentStatus::kUnknown};

constexpr std::string_view kSortWords[] = {"-started_at", "started_at", "-updated_at",
                                           "updated_at"};
constexpr v1::IncidentSort kSorts[] = {
    v1::INCIDENT_SORT_STARTED_AT_DESC, v1::INCIDENT_SORT_STARTED_AT_ASC,
    v1::INCIDENT_SORT_UPDATED_AT_DESC, v1::INCIDENT_SORT_UPDATED_AT_ASC};

constexpr std::string_view kIncludeWords[] = {"withdrawn", "maintenance", "inconsistent"};

template <class Enum, std::size_t N>
std::array<std::string_view, N> WordsOf(const std::array<Enum, N>& values) {
  std::array<std::string_view, N> words;
  std::transform(values.begin(), values.end(), words.begin(),
                 [](Enum value) { return ToString(value); });
  return words;
}

v1::ListIncidentsRequest ReadListRequest(routing::Params& params) {
  v1::ListIncidentsRequest request;
  for (std::string& id : params.ProviderIds("provider")) request.add_providers(std::move(id));
  for (std::string& id : params.ServiceIds("service")) request.add_services(std::move(id));
  for (const std::size_t i : params.ChoiceList("impact", WordsOf(kImpacts))) {
    request.add_impacts(wire::ToProto(kImpacts[i]));
  }
  for (const std::size_t i : params.ChoiceList("status", WordsOf(kStatuses))) {
    request.add_statuses(wire::ToProto(kStatuses[i]));
    // A postmortem is written after the resolution: whoever asks for what is resolved means these
    // too.
    if (kStatuses[i] == IncidentStatus::kResolved) {
      request.add_statuses(v1::INCIDENT_STATUS_POSTMORTEM);
    }
  }
  const auto from = params.Time("from");
  const auto to = params.Time("to");
  if (from) *request.mutable_from() = wire::ToProto(*from);
  if (to) *request.mutable_to() = wire::ToProto(*to);
  if (from && to && *from >= *to) params.Fail("to", "must be later than from");
  if (const auto ongoing = params.Boolean("ongoing")) request.set_ongoing(*ongoing);
  request.set_query(params.Text("q", 800));
  for (const std::size_t i : params.ChoiceList("include", kIncludeWords)) {
    if (kIncludeWords[i] == "withdrawn") request.set_include_withdrawn(true);
  }
  request.set_sort(kSorts[params.Choice("sort", kSortWords).value_or(0)]);
  request.set_limit(static_cast<int>(params.Integer("limit", 1, 200).value_or(50)));
  request.set_cursor(params.Text("cursor", 1024));
  return request;
}

http::Task<routing::Answer> ListIncidents(const AnalyticsClient& analytics,
                                          const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  const v1::ListIncidentsRequest request = ReadListRequest(params);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.ListIncidents(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  co_return JsonAnswer(IncidentPage(*reply));
}

http::Task<routing::Answer> GetIncident(const AnalyticsClient& analytics,
                                        const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  v1::GetIncidentRequest request;
  request.set_id(exchange.PathParameter("id"));
  const auto reply = co_await analytics.GetIncident(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  routing::Answer answer = JsonAnswer(wire::ToJson(reply->incident()));
  // Each change that anybody can see has a revision of its own.
  std::get<http::Response>(answer).headers.Set("ETag",
                                               fmt::format("\"{}\"", reply->incident().revision()));
  co_return answer;
}

}  // namespace

std::vector<routing::Route> IncidentsRoutes(const Parts& parts) {
  const AnalyticsClient& analytics = parts.analytics;
  return {
      {"GET", "/api/v1/incidents",
       [&analytics](const routing::Exchange& exchange) {
         return ListIncidents(analytics, exchange);
       }},
      {"GET", "/api/v1/incidents/{id}",
       [&analytics](const routing::Exchange& exchange) {
         return GetIncident(analytics, exchange);
       }},
  };
}

}  // namespace fails::gateway
