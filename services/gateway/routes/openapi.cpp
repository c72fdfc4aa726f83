// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/openapi_document.h"
#include "services/gateway/routes/registry.h"
#include "services/gateway/routing/params.h"

namespace fails::gateway {
namespace {

http::Task<routing::Answer> GetOpenApi(const routing::Exchange& exchange) {
  routing::Params params(exchange.target.query);
  if (auto problem = params.Problem()) co_return *std::move(problem);
  static const http::SharedBytes kDocument = http::Bytes(std::string(OpenApiDocument()));
  http::Response response;
  response.headers.Set("Content-Type", "application/yaml; charset=utf-8");
  response.body = kDocument;
  co_return response;
}

}  // namespace

std::vector<routing::Route> OpenApiRoutes(const Parts&) {
  return {{"GET", "/api/v1/openapi.yaml", GetOpenApi}};
}

}  // namespace fails::gateway
