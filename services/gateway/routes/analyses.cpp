// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>

#include "common/wire/json.h"
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

http::Task<routing::Answer> ListAnalyses(const AnalyticsClient& analytics,
                                         const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const v1::ListAnalysesRequest request;
  const auto reply = co_await analytics.ListAnalyses(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  boost::json::object body = wire::ToJson(*reply);
  for (boost::json::value& analysis : body["analyses"].as_array()) {
    for (boost::json::value& parameter : analysis.as_object()["parameters"].as_array()) {
      boost::json::object& fields = parameter.as_object();
      const boost::json::value given = fields["default_value"];
      fields.erase("default_value");
      if (!given.as_string().empty()) fields["default"] = given;
    }
  }
  co_return JsonAnswer(body);
}

// The names are checked here; what the values mean, analytics knows: it gets them as they were
// typed.
v1::AnalysisQuery ReadQuery(routing::Params& params) {
  v1::AnalysisQuery query;
  for (std::string& item : params.List("services")) query.add_services(std::move(item));
  query.set_from(params.Text("from"));
  query.set_to(params.Text("to"));
  query.set_tz(params.Text("tz"));
  for (std::string& item : params.List("include")) query.add_include(std::move(item));
  for (std::string& item : params.List("impact")) query.add_impact(std::move(item));
  query.set_basis(params.Text("basis"));
  query.set_start(params.Text("start"));
  query.set_now(params.Text("now"));
  return query;
}

http::Task<routing::Answer> RunAnalysis(const AnalyticsClient& analytics,
                                        const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::RunAnalysisRequest request;
  request.set_id(exchange.PathParameter("id"));
  *request.mutable_query() = ReadQuery(params);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.RunAnalysis(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  boost::json::object body = wire::ToJson(reply->analysis());
  AddNotice(body, reply->notice());
  co_return JsonAnswer(body);
}

}  // namespace

std::vector<routing::Route> AnalysesRoutes(const Parts& parts) {
  const AnalyticsClient& analytics = parts.analytics;
  return {
      {"GET", "/api/v1/analyses",
       [&analytics](const routing::Exchange& exchange) {
         return ListAnalyses(analytics, exchange);
       }},
      {"GET", "/api/v1/analyses/{id}",
       [&analytics](const routing::Exchange& exchange) {
         return RunAnalysis(analytics, exchange);
       }},
  };
}

}  // namespace fails::gateway
