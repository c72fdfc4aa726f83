// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/app/application.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <cmath>

#include "absl/random/random.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"
#include "services/gateway/app/response_rules.h"
#include "services/gateway/http/problem.h"

namespace fails::gateway {
namespace {

std::string NewRequestId() {
  thread_local absl::BitGen random;
  return fmt::format("{:016x}{:016x}", absl::Uniform<std::uint64_t>(random),
                     absl::Uniform<std::uint64_t>(random));
}

// Metrics have one series for each label: whatever a client invents must not become one.
std::string MethodLabel(const std::string& method) {
  static constexpr std::array<std::string_view, 9> kKnown = {
      "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"};
  return std::find(kKnown.begin(), kKnown.end(), method) == kKnown.end() ? "OTHER" : method;
}

Problem MethodNotAllowed(const std::string& method, const std::string& allow) {
  Problem problem{.status = 405};
  problem.detail = fmt::format("{} is not possible here, but {}", method.substr(0, 32), allow);
  problem.headers.Set("Allow", allow);
  return problem;
}

http::Response Options(const std::string& allow) {
  http::Response response{.status = 204};
  response.headers.Set("Allow", allow);
  return response;
}

bool IsCancellation(const std::exception& error) {
  const auto* system = dynamic_cast<const boost::system::system_error*>(&error);
  return system && system->code() == boost::asio::error::operation_aborted;
}

}  // namespace

struct Application::Visit {
  const http::Request& request;
  const std::string id = NewRequestId();
  const absl::Time began = absl::Now();
  std::string route = "unmatched";
  bool api = false;
};

Application::Application(const routing::Router& router, const StaticFiles& files,
                         RateLimiter& limiter, const ApiKey& key)
    : router_(router), files_(files), limiter_(limiter), key_(key) {}

http::Task<http::Response> Application::Handle(const http::Request& request) {
  Visit visit{.request = request};
  http::Response response;
  try {
    routing::Answer answer = co_await Answer(visit);
    if (const auto* problem = std::get_if<Problem>(&answer)) {
      response = ToResponse(*problem, visit.id);
    } else {
      response = std::get<http::Response>(std::move(answer));
    }
  } catch (const std::exception& error) {
    // When the client has gone or the gateway stops: nobody waits for this answer.
    if (IsCancellation(error)) throw;
    spdlog::error("{} {} failed: {} (request {})", request.method, request.target, error.what(),
                  visit.id);
    response = ToResponse(Problem::FromStatus(absl::InternalError("")), visit.id);
  }
  co_return Finish(visit, std::move(response));
}

http::Response Application::Refuse(const http::Refusal& refusal) {
  const http::Request none{
      .method = "-", .target = "-", .headers = {}, .body = {}, .client = refusal.client};
  Visit visit{.request = none};
  visit.route = "refused";
  Problem problem{.status = refusal.status, .detail = refusal.detail};
  if (refusal.status == 503) problem.headers.Set("Retry-After", "5");
  if (refusal.status == 401) problem.headers.Set("WWW-Authenticate", kChallenge);
  return Finish(visit, ToResponse(problem, visit.id));
}

// A stranger's file is not even read.
std::optional<http::BodyRule> Application::RuleForBody(const http::Request& head) {
  const auto target = routing::ParseTarget(head.target);
  if (!target.ok()) return std::nullopt;
  const routing::Router::Match match = router_.Find(head.method, *target);
  if (!match.route || match.route->body_bytes == 0) return std::nullopt;
  if (match.route->needs_key) {
    if (const auto problem = key_.Check(head.headers)) {
      return http::BodyRule{.refusal = http::Refusal{problem->status, problem->detail, {}}};
    }
  }
  return http::BodyRule{.max_bytes = match.route->body_bytes};
}

http::Task<routing::Answer> Application::Answer(Visit& visit) const {
  const http::Request& request = visit.request;
  if (request.target == "*" && request.method == "OPTIONS") {
    co_return Options("GET, HEAD, OPTIONS");
  }
  const auto target = routing::ParseTarget(request.target);
  if (!target.ok()) co_return Problem::FromStatus(target.status());
  visit.api = target->segments.front() == "api";
  if (visit.api) co_return co_await AnswerApi(visit, *target);
  co_return AnswerWeb(visit, *target);
}

http::Task<routing::Answer> Application::AnswerApi(Visit& visit,
                                                   const routing::Target& target) const {
  const http::Request& request = visit.request;
  if (const auto wait = limiter_.Take(request.client)) {
    Problem problem{.status = 429, .detail = "too many requests from this address"};
    const double seconds = std::max(1.0, std::ceil(absl::ToDoubleSeconds(*wait)));
    problem.headers.Set("Retry-After", fmt::format("{:.0f}", seconds));
    co_return problem;
  }
  const routing::Router::Match match = router_.Find(request.method, target);
  if (match.allow.empty()) {
    co_return Problem::NotFound("there is no such resource; /api/v1/openapi.yaml lists them all");
  }
  if (match.route) visit.route = match.route->pattern;
  if (request.method == "OPTIONS") co_return Options(match.allow);
  if (!match.route) co_return MethodNotAllowed(request.method, match.allow);
  if (match.route->needs_key) {
    if (auto problem = key_.Check(request.headers)) co_return *std::move(problem);
  }
  if (!request.body.empty() && match.route->body_bytes == 0) {
    co_return Problem::BadRequest("this resource takes no body");
  }

  const std::string_view parent = request.headers.Get("traceparent");
  const routing::Exchange exchange{
      .request = request,
      .target = target,
      .traceparent = obs::ValidTraceparent(parent) ? std::string(parent) : obs::NewTraceparent(),
      .path_parameters = match.path_parameters};
  co_return co_await match.route->handler(exchange);
}

routing::Answer Application::AnswerWeb(Visit& visit, const routing::Target& target) const {
  constexpr char kAllow[] = "GET, HEAD, OPTIONS";
  const http::Request& request = visit.request;
  visit.route = "web";
  if (request.method == "OPTIONS") return Options(kAllow);
  if (request.method != "GET" && request.method != "HEAD") {
    return MethodNotAllowed(request.method, kAllow);
  }
  if (!request.body.empty()) return Problem::BadRequest("this resource takes no body");
  if (auto file = files_.Find(target.Path(), request.headers.Get("Accept"))) {
    return *std::move(file);
  }
  return Problem::NotFound("there is no such page");
}

http::Response Application::Finish(const Visit& visit, http::Response response) const {
  const http::Request& request = visit.request;
  if (response.status == 200 && visit.api && !response.headers.Has("Cache-Control")) {
    response.headers.Set("Cache-Control", "no-cache");  // keep it, but ask whether it still holds
  }
  if (request.method == "GET" || request.method == "HEAD") {
    ApplyConditional(request.headers, response);
  }
  ApplyCompression(request.headers, response);
  AddSecurityHeaders(response);
  response.headers.Set("X-Request-Id", visit.id);
  response.omit_body = request.method == "HEAD";

  const std::string method = MethodLabel(request.method);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - visit.began);
  obs::GetCounter(
      "fails_gateway_requests_total", "Requests answered",
      {{"route", visit.route}, {"method", method}, {"code", std::to_string(response.status)}})
      .Increment();
  obs::GetHistogram("fails_gateway_request_seconds", "Time until the head of the answer",
                    {{"route", visit.route}, {"method", method}})
      .Observe(seconds);
  spdlog::debug("{} {} {} -> {} in {:.1f} ms (request {})", request.client, request.method,
                request.target, response.status, seconds * 1000, visit.id);
  return response;
}

}  // namespace fails::gateway
