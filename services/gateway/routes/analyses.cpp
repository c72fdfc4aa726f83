// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <cstdint>

#include "common/wire/json.h"
#include "services/gateway/http/negotiate.h"
#include "services/gateway/routes/json_answer.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routes/shared/analysis_csv.h"
#include "services/gateway/routes/shared/analysis_query.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

// Of a query in a request body.
constexpr std::uint64_t kMostQueryBytes = 64 << 10;

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

routing::Answer CsvAnswer(const v1::Analysis& analysis) {
  http::Response response;
  response.headers.Set("Content-Type", "text/csv; charset=utf-8; header=present");
  response.headers.Set("Content-Disposition",
                       fmt::format("attachment; filename=\"{}.csv\"", analysis.id()));
  response.body = http::Bytes(CsvOf(analysis));
  return response;
}

routing::Answer AnalysisAnswer(const v1::RunAnalysisResponse& reply) {
  boost::json::object body = wire::ToJson(reply.analysis());
  AddNotice(body, reply.notice());
  return JsonAnswer(body);
}

enum class Form { kCsv, kNegotiated };

http::Task<routing::Answer> RunAnalysis(const AnalyticsClient& analytics,
                                        const routing::Exchange& exchange, Form form) {
  routing::Params params(exchange.target.query);
  v1::RunAnalysisRequest request;
  request.set_id(exchange.PathParameter("id"));
  *request.mutable_query() = ReadAnalysisQuery(params);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.RunAnalysis(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());
  if (form == Form::kCsv) co_return CsvAnswer(reply->analysis());

  const bool csv = http::PrefersCsv(exchange.request.headers.Get("Accept"));
  routing::Answer answer = csv ? CsvAnswer(reply->analysis()) : AnalysisAnswer(*reply);
  std::get<http::Response>(answer).headers.Set("Vary", "Accept");
  co_return answer;
}

http::Task<routing::Answer> RunAnalyses(const AnalyticsClient& analytics,
                                        const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const std::string_view type = exchange.request.headers.Get("Content-Type");
  if (!exchange.request.body.empty() && !http::IsJson(type)) {
    co_return Problem{
        .status = 415,
        .detail = fmt::format("the body is '{}', not application/json", type.substr(0, 100))};
  }
  auto request = ReadAnalysesRequest(exchange.request.body);
  if (auto* problem = std::get_if<Problem>(&request)) co_return std::move(*problem);
  const auto reply = co_await analytics.RunAnalyses(std::get<v1::RunAnalysesRequest>(request),
                                                    exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());

  co_return JsonAnswer(BodyOf(*reply));
}

http::Task<routing::Answer> ListCellIncidents(const AnalyticsClient& analytics,
                                              const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  v1::ListCellIncidentsRequest request;
  request.set_id(exchange.PathParameter("id"));
  *request.mutable_query() = ReadAnalysisQuery(params);
  request.set_cell(params.Text("cell"));
  if (request.cell().empty()) {
    params.Fail("cell", "must name a number of the answer, as in group:all;stages:S1_S4");
  }
  request.set_limit(static_cast<int>(params.Integer("limit", 1, 200).value_or(50)));
  request.set_cursor(params.Text("cursor"));
  if (auto problem = params.Problem()) co_return *std::move(problem);
  const auto reply = co_await analytics.ListCellIncidents(request, exchange.traceparent);
  if (!reply.ok()) co_return Problem::FromStatus(reply.status());
  co_return JsonAnswer(IncidentPage(*reply));
}

}  // namespace

std::vector<routing::Route> AnalysesRoutes(const Parts& parts) {
  const AnalyticsClient& analytics = parts.analytics;
  return {
      {"GET", "/api/v1/analyses",
       [&analytics](const routing::Exchange& exchange) {
         return ListAnalyses(analytics, exchange);
       }},
      {"POST", "/api/v1/analyses:run",
       [&analytics](const routing::Exchange& exchange) { return RunAnalyses(analytics, exchange); },
       /*needs_key=*/false, kMostQueryBytes},
      {"GET", "/api/v1/analyses/{id}",
       [&analytics](const routing::Exchange& exchange) {
         return RunAnalysis(analytics, exchange, Form::kNegotiated);
       }},
      {"GET", "/api/v1/analyses/{id}.csv",
       [&analytics](const routing::Exchange& exchange) {
         return RunAnalysis(analytics, exchange, Form::kCsv);
       }},
      {"GET", "/api/v1/analyses/{id}/incidents",
       [&analytics](const routing::Exchange& exchange) {
         return ListCellIncidents(analytics, exchange);
       }},
  };
}

}  // namespace fails::gateway
