// SPDX-License-Identifier: Apache-2.0
#include "common/wire/json.h"
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routes/shared/incident_filter.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

constexpr std::string_view kSortWords[] = {"-started_at", "started_at", "-updated_at",
                                           "updated_at"};
constexpr v1::IncidentSort kSorts[] = {
    v1::INCIDENT_SORT_STARTED_AT_DESC, v1::INCIDENT_SORT_STARTED_AT_ASC,
    v1::INCIDENT_SORT_UPDATED_AT_DESC, v1::INCIDENT_SORT_UPDATED_AT_ASC};

v1::ListIncidentsRequest ReadListRequest(routing::Params& params) {
  v1::ListIncidentsRequest request = ReadIncidentFilter(params);
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

  boost::json::object body = wire::ToJson(reply->incident());
  if (reply->has_flap_group()) body["flap_group"] = wire::ToJson(reply->flap_group());
  co_return JsonAnswer(body);
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
