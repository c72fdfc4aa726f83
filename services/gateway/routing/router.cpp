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

// What stands behind the name of a parameter: "{id}.csv" -> ".csv".
std::string_view EndingOf(std::string_view parameter) {
  return parameter.substr(parameter.find('}') + 1);
}

bool Matches(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
  return std::equal(pattern.begin(), pattern.end(), segments.begin(), segments.end(),
                    [](const std::string& expected, const std::string& segment) {
                      if (!IsParameter(expected)) return expected == segment;
                      const std::string_view ending = EndingOf(expected);
                      return segment.size() > ending.size() && segment.ends_with(ending);
                    });
}

// What makes one of two matching patterns the closer one: the number of literal segments from the
// left, then the length of the ending of the parameter behind them.
std::pair<std::size_t, std::size_t> Closeness(const std::vector<std::string>& pattern) {
  const auto parameter = std::find_if(pattern.begin(), pattern.end(), IsParameter);
  return {static_cast<std::size_t>(parameter - pattern.begin()),
          parameter == pattern.end() ? 0 : EndingOf(*parameter).size()};
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
    return Closeness(SplitPattern(a.pattern)) > Closeness(SplitPattern(b.pattern));
  });
  for (const Route& route : routes_) patterns_.push_back(SplitPattern(route.pattern));
}

Router::Match Router::Find(std::string_view method, const Target& target) const {
  Match match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  const std::vector<std::string>* closest = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!Matches(patterns_[i], target.segments)) continue;
    if (closest && *closest != patterns_[i]) break;  // another resource, further away
    closest = &patterns_[i];
    const Route& route = routes_[i];
    match.allow.append(route.method == "GET" ? "GET, HEAD" : route.method).append(", ");
    if (match.route || route.method != wanted) continue;
    match.route = &route;
    for (std::size_t s = 0; s < patterns_[i].size(); ++s) {
      const std::string_view segment = patterns_[i][s];
      if (!segment.starts_with('{')) continue;
      const std::string& value = target.segments[s];
      match.path_parameters.emplace_back(segment.substr(1, segment.find('}') - 1),
                                         value.substr(0, value.size() - EndingOf(segment).size()));
    }
  }
  if (!match.allow.empty()) match.allow.append("OPTIONS");
  return match;
}

}  // namespace fails::gateway::routing
