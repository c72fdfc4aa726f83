// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "services/gateway/app/rate_limiter.h"
#include "services/gateway/auth/api_key.h"
#include "services/gateway/http/server.h"
#include "services/gateway/routing/router.h"
#include "services/gateway/static_files/static_files.h"

namespace fails::gateway {

// What happens to every request, whatever its route: limit, find the route, check the key where it
// needs one, answer; then entity
// tag, compression, security headers, request id, metrics and access log. Everything under /api
// belongs to the routes, the rest to the web.
class Application final : public http::RequestHandler {
 public:
  // All of them outlive the application.
  Application(const routing::Router& router, const StaticFiles& files, RateLimiter& limiter,
              const ApiKey& key);

  http::Task<http::Response> Handle(const http::Request& request) override;
  http::Response Refuse(const http::Refusal& refusal) override;
  std::optional<http::BodyRule> RuleForBody(const http::Request& head) override;

 private:
  struct Visit;  // one request and what is learned about it on the way

  http::Task<routing::Answer> Answer(Visit& visit) const;
  http::Task<routing::Answer> AnswerApi(Visit& visit, const routing::Target& target) const;
  routing::Answer AnswerWeb(Visit& visit, const routing::Target& target) const;
  http::Response Finish(const Visit& visit, http::Response response) const;

  const routing::Router& router_;
  const StaticFiles& files_;
  RateLimiter& limiter_;
  const ApiKey& key_;
};

}  // namespace fails::gateway
