// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

http::Task<routing::Answer> ListProviders(const AnalyticsClient& analytics,
                                          const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const v1::ListProvidersRequest request;
  const auto reply = co_await analytics.ListProviders(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  co_return JsonAnswer(BodyOf(*reply));
}

}  // namespace

std::vector<routing::Route> ProvidersRoutes(const Parts& parts) {
  const auto handler = [&analytics = parts.analytics](const routing::Exchange& exchange) {
    return ListProviders(analytics, exchange);
  };
  return {{"GET", "/api/v1/providers", handler}};
}

}  // namespace fails::gateway
