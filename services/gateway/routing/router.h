// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "services/gateway/http/message.h"
#include "services/gateway/http/problem.h"
#include "services/gateway/http/task.h"
#include "services/gateway/routing/target.h"

namespace fails::gateway::routing {

// One request on its way through its route.
struct Exchange {
  const http::Request& request;
  const Target& target;
  std::string traceparent;
  std::vector<std::pair<std::string_view, std::string>> path_parameters;

  // Empty when the route has none of that name.
  std::string PathParameter(std::string_view name) const;
};

using Answer = std::variant<http::Response, Problem>;

// The exchange lives until the task ends; the handler as long as the router.
using Handler = std::function<http::Task<Answer>(const Exchange&)>;

// Method, pattern and what answers. A pattern is a path in which {name} stands for one whole,
// non-empty segment, and {name}.csv for one that ends so.
struct Route {
  std::string method;  // GET routes answer HEAD too
  std::string pattern;
  Handler handler;
  bool needs_key = false;        // the administrator's; checked before the handler is asked
  std::uint64_t body_bytes = 0;  // the longest body it takes; 0: none
};

// Finds the route of a request. Immutable, thread-safe.
class Router {
 public:
  // Literal segments win over parameters, and those with an ending over those without, whatever the
  // order of the routes.
  explicit Router(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;  // null: no such path, or (with `allow`) not with this method
    std::vector<std::pair<std::string_view, std::string>> path_parameters;
    std::string allow;  // "GET, HEAD, OPTIONS" when the path exists
  };
  Match Find(std::string_view method, const Target& target) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> patterns_;  // of each route, by segment
};

}  // namespace fails::gateway::routing
