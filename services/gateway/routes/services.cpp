// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

http::Task<routing::Answer> ListServices(const AnalyticsClient& analytics,
                                         const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::ListServicesRequest request;
  request.set_provider(params.Text("provider"));
  if (!request.provider().empty() && !routing::IsSlug(request.provider())) {
    params.Fail("provider", "must be a provider's id as /api/v1/providers lists them");
  }
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.ListServices(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  co_return JsonAnswer(BodyOf(*reply));
}

}  // namespace

std::vector<routing::Route> ServicesRoutes(const Parts& parts) {
  const auto handler = [&analytics = parts.analytics](const routing::Exchange& exchange) {
    return ListServices(analytics, exchange);
  };
  return {{"GET", "/api/v1/services", handler}};
}

}  // namespace fails::gateway
