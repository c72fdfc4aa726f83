// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/registry.h"

namespace fails::gateway {

// To add an endpoint: routes/<resource>.cpp, a line in each of these two lists, and its path in
// openapi.yaml.
std::vector<routing::Route> AnalysesRoutes(const Parts&);
std::vector<routing::Route> EventsRoutes(const Parts&);
std::vector<routing::Route> ExportsRoutes(const Parts&);
std::vector<routing::Route> ImportsRoutes(const Parts&);
std::vector<routing::Route> IncidentsRoutes(const Parts&);
std::vector<routing::Route> OpenApiRoutes(const Parts&);
std::vector<routing::Route> PagesRoutes(const Parts&);
std::vector<routing::Route> ProvidersRoutes(const Parts&);
std::vector<routing::Route> ServicesRoutes(const Parts&);
std::vector<routing::Route> StatusRoutes(const Parts&);

namespace {

constexpr std::vector<routing::Route> (*kResources[])(const Parts&) = {
    ProvidersRoutes, ServicesRoutes, PagesRoutes,  IncidentsRoutes, StatusRoutes,
    ExportsRoutes,   AnalysesRoutes, EventsRoutes, ImportsRoutes,   OpenApiRoutes,
};

}  // namespace

std::vector<routing::Route> AllRoutes(const Parts& parts) {
  std::vector<routing::Route> all;
  for (const auto resource : kResources) {
    for (routing::Route& route : resource(parts)) all.push_back(std::move(route));
  }
  return all;
}

}  // namespace fails::gateway
