// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routing/router.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "common/base/text.h"

namespace fails::gateway::routing {
namespace {

bool IsParameter(const std::string& segment) {
  return segment.starts_with('{');
}

std::vector<std::string> SplitPattern(std::string_view pattern) {
  return absl::StrSplit(Absl(pattern.substr(1)), '/');
}

bool Matches(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
  return std::equal(pattern.begin(), pattern.end(), segments.begin(), segments.end(),
                    [](const std::string& expected, const std::string& segment) {
                      return IsParameter(expected) ? !segment.empty() : expected == segment;
                    });
}

// The number of literal segments from the left: what makes one of two matching patterns the closer
// one.
std::size_t LiteralPrefix(const std::vector<std::string>& pattern) {
  return static_cast<std::size_t>(std::find_if(pattern.begin(), pattern.end(), IsParameter) -
                                  pattern.begin());
}

}  // namespace

std::string Exchange::PathParameter(std::string_view name) const {
  for (const auto& [key, value] : path_parameters) {
    if (key == name) return value;
  }
  return {};
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  std::stable_sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
    return LiteralPrefix(SplitPattern(a.pattern)) > LiteralPrefix(SplitPattern(b.pattern));
  });
  for (const Route& route : routes_) patterns_.push_back(SplitPattern(route.pattern));
}

Router::Match Router::Find(std::string_view method, const Target& target) const {
  Match match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!Matches(patterns_[i], target.segments)) continue;
    const Route& route = routes_[i];
    match.allow.append(route.method == "GET" ? "GET, HEAD" : route.method).append(", ");
    if (match.route || route.method != wanted) continue;
    match.route = &route;
    for (std::size_t s = 0; s < patterns_[i].size(); ++s) {
      const std::string_view segment = patterns_[i][s];
      if (!segment.starts_with('{')) continue;
      match.path_parameters.emplace_back(segment.substr(1, segment.size() - 2), target.segments[s]);
    }
  }
  if (!match.allow.empty()) match.allow.append("OPTIONS");
  return match;
}

}  // namespace fails::gateway::routing
