// SPDX-License-Identifier: Apache-2.0
#include <boost/json/object.hpp>

#include "common/wire/json.h"
#include "common/wire/time_proto.h"
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

boost::json::object SummaryOf(const v1::ListServiceStatesResponse& reply) {
  int troubled = 0;
  int unknown = 0;
  for (const v1::ServiceState& state : reply.states()) {
    switch (state.status()) {
      case v1::SERVICE_STATUS_DEGRADED:
      case v1::SERVICE_STATUS_PARTIAL_OUTAGE:
      case v1::SERVICE_STATUS_MAJOR_OUTAGE:
        ++troubled;
        break;
      case v1::SERVICE_STATUS_UNSPECIFIED:
        ++unknown;
        break;
      default:  // operational; a planned maintenance is no trouble
        break;
    }
  }
  return {{"services", reply.states_size()}, {"troubled", troubled}, {"unknown", unknown}};
}

http::Task<routing::Answer> ListServiceStates(const AnalyticsClient& analytics,
                                              const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::ListServiceStatesRequest request;
  request.set_provider(params.Text("provider"));
  if (!request.provider().empty() && !routing::IsSlug(request.provider())) {
    params.Fail("provider", "must be the id of a provider");
  }
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.ListServiceStates(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  boost::json::object body = BodyOf(*reply);
  body["services"] = std::move(body["states"]);
  body.erase("states");
  body["summary"] = SummaryOf(*reply);
  co_return JsonAnswer(body);
}

http::Task<routing::Answer> ListChanges(const AnalyticsClient& analytics,
                                        const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::ListServiceStatusChangesRequest request;
  for (std::string& id : params.ServiceIds("services")) request.add_services(std::move(id));
  const auto from = params.Time("from");
  const auto to = params.Time("to");
  if (from) *request.mutable_from() = wire::ToProto(*from);
  if (to) *request.mutable_to() = wire::ToProto(*to);
  if (from && to && *from >= *to) params.Fail("to", "must be later than from");
  request.set_limit(static_cast<int>(params.Integer("limit", 1, 1000).value_or(200)));
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.ListServiceStatusChanges(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  co_return JsonAnswer(BodyOf(*reply));
}

}  // namespace

std::vector<routing::Route> StatusRoutes(const Parts& parts) {
  const AnalyticsClient& analytics = parts.analytics;
  return {
      {"GET", "/api/v1/status",
       [&analytics](const routing::Exchange& exchange) {
         return ListServiceStates(analytics, exchange);
       }},
      {"GET", "/api/v1/status/changes",
       [&analytics](const routing::Exchange& exchange) {
         return ListChanges(analytics, exchange);
       }},
  };
}

}  // namespace fails::gateway
