// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "services/gateway/http/problem.h"
#include "services/gateway/routing/target.h"

namespace fails::gateway::routing {

// Reads the parameters of a query by name and type and collects everything that is wrong with them.
// An empty value counts as absent. Ask for every parameter that the route takes, then for
// Problem(): what was not asked for is unknown.
//
//   Params params(query);
//   const int limit = params.Integer("limit", 1, 200).value_or(50);
//   if (auto problem = params.Problem()) co_return *std::move(problem);
class Params {
 public:
  explicit Params(const Query& query);

  // At most `max_bytes` long.
  std::string Text(std::string_view name, std::size_t max_bytes = 1024);
  std::optional<std::int64_t> Integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<bool> Boolean(std::string_view name);
  std::optional<absl::Time> Time(std::string_view name);  // RFC 3339
  // An index into `words`.
  std::optional<std::size_t> Choice(std::string_view name, std::span<const std::string_view> words);

  // Comma-separated, at most 100, none of them empty.
  std::vector<std::string> List(std::string_view name);
  // Indices into `words`.
  std::vector<std::size_t> ChoiceList(std::string_view name,
                                      std::span<const std::string_view> words);
  // "openai", "openai/chatgpt".
  std::vector<std::string> ProviderIds(std::string_view name);
  std::vector<std::string> ServiceIds(std::string_view name);

  // For what only the route knows, e.g. that two parameters contradict each other.
  void Fail(std::string_view name, std::string message);

  // 400 with all errors, or nothing.
  std::optional<gateway::Problem> Problem();

 private:
  // Marks the parameter as known; absent when it is not there, empty, or repeated.
  std::optional<std::string_view> Take(std::string_view name);
  std::vector<std::string> ListWhere(std::string_view name, bool (*valid)(std::string_view),
                                     std::string_view message);

  const Query& query_;
  std::set<std::string, std::less<>> known_;
  std::vector<FieldError> errors_;
};

// A provider's id, and a service's.
bool IsSlug(std::string_view text);
bool IsServiceId(std::string_view text);

}  // namespace fails::gateway::routing
