// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

http::Task<routing::Answer> ListPages(const AnalyticsClient& analytics,
                                      const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const v1::ListPagesRequest request;
  const auto reply = co_await analytics.ListPages(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  co_return JsonAnswer(BodyOf(*reply));
}

http::Task<routing::Answer> PollPage(const ScraperClient& scraper,
                                     const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  v1::PollNowRequest request;
  request.set_page(exchange.PathParameter("id"));
  const auto reply = co_await scraper.PollNow(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());
  co_return JsonAnswer({{"page", request.page()}}, 202);
}

http::Task<routing::Answer> BackfillPage(const ScraperClient& scraper,
                                         const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  v1::BackfillRequest request;
  request.set_page(exchange.PathParameter("id"));
  const auto reply = co_await scraper.Backfill(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());
  co_return JsonAnswer({{"page", request.page()}}, 202);
}

}  // namespace

std::vector<routing::Route> PagesRoutes(const Parts& parts) {
  const auto list = [&analytics = parts.analytics](const routing::Exchange& exchange) {
    return ListPages(analytics, exchange);
  };
  const auto poll = [&scraper = parts.scraper](const routing::Exchange& exchange) {
    return PollPage(scraper, exchange);
  };
  const auto backfill = [&scraper = parts.scraper](const routing::Exchange& exchange) {
    return BackfillPage(scraper, exchange);
  };
  return {{"GET", "/api/v1/pages", list},
          {"POST", "/api/v1/pages/{id}/poll", poll, /*needs_key=*/true},
          {"POST", "/api/v1/pages/{id}/backfill", backfill, /*needs_key=*/true}};
}

}  // namespace fails::gateway
