// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routing/params.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "absl/strings/numbers.h"
#include "common/base/text.h"
#include "common/base/time.h"

namespace fails::gateway::routing {
namespace {

constexpr std::size_t kMostListItems = 100;
constexpr std::size_t kMostQuotedBytes = 200;

std::optional<std::size_t> IndexOf(std::string_view word, std::span<const std::string_view> words) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

}  // namespace

bool IsSlug(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool IsServiceId(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && IsSlug(text.substr(0, slash)) &&
         IsSlug(text.substr(slash + 1));
}

Params::Params(const Query& query) : query_(query) {}

void Params::Fail(std::string_view name, std::string message) {
  const auto found = std::find_if(query_.begin(), query_.end(),
                                  [&](const auto& pair) { return pair.first == name; });
  std::string value = found == query_.end() ? std::string() : found->second;
  errors_.push_back({std::string(name).substr(0, kMostQuotedBytes),
                     value.substr(0, kMostQuotedBytes), std::move(message)});
}

std::optional<std::string_view> Params::Take(std::string_view name) {
  known_.emplace(name);
  std::optional<std::string_view> value;
  for (const auto& [key, text] : query_) {
    if (key != name) continue;
    if (value) return std::nullopt;  // repeated: Problem() says so
    value = text;
  }
  return value && value->empty() ? std::nullopt : value;
}

std::string Params::Text(std::string_view name, std::size_t max_bytes) {
  const auto value = Take(name);
  if (!value) return {};
  if (value->size() > max_bytes) {
    Fail(name, fmt::format("must be at most {} bytes long", max_bytes));
    return {};
  }
  return std::string(*value);
}

std::optional<std::int64_t> Params::Integer(std::string_view name, std::int64_t min,
                                            std::int64_t max) {
  const auto value = Take(name);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const bool digits = std::all_of(value->begin(), value->end(),
                                  [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
  if (!digits || !absl::SimpleAtoi(Absl(*value), &number) || number < min || number > max) {
    Fail(name, fmt::format("must be a whole number from {} to {}", min, max));
    return std::nullopt;
  }
  return number;
}

std::optional<bool> Params::Boolean(std::string_view name) {
  static constexpr std::string_view kWords[] = {"false", "true"};
  const auto index = Choice(name, kWords);
  if (!index) return std::nullopt;
  return *index == 1;
}

std::optional<absl::Time> Params::Time(std::string_view name) {
  const auto value = Take(name);
  if (!value) return std::nullopt;
  // Protobuf's Timestamp holds the years 1 to 9999.
  static const absl::Time kFirst = absl::FromCivil(absl::CivilSecond(1), absl::UTCTimeZone());
  static const absl::Time kEnd = absl::FromCivil(absl::CivilSecond(10000), absl::UTCTimeZone());
  const auto time = ParseTime(*value);
  if (!time.ok() || *time < kFirst || *time >= kEnd) {
    Fail(name, "must be an RFC 3339 time such as 2024-08-28T18:16:00Z (a '+' is sent as %2B)");
    return std::nullopt;
  }
  return *time;
}

std::optional<std::size_t> Params::Choice(std::string_view name,
                                          std::span<const std::string_view> words) {
  const auto value = Take(name);
  if (!value) return std::nullopt;
  const auto index = IndexOf(*value, words);
  if (!index) Fail(name, fmt::format("must be one of {}", fmt::join(words, ", ")));
  return index;
}

std::vector<std::string> Params::List(std::string_view name) {
  return ListWhere(
      name, [](std::string_view item) { return !item.empty(); }, "holds an empty item");
}

std::vector<std::size_t> Params::ChoiceList(std::string_view name,
                                            std::span<const std::string_view> words) {
  std::vector<std::size_t> indices;
  for (const std::string& item : List(name)) {
    const auto index = IndexOf(item, words);
    if (!index) {
      Fail(name, fmt::format("must hold nothing but {}", fmt::join(words, ", ")));
      return {};
    }
    indices.push_back(*index);
  }
  return indices;
}

std::vector<std::string> Params::ProviderIds(std::string_view name) {
  return ListWhere(name, IsSlug, "must hold ids of providers as /api/v1/providers lists them");
}

std::vector<std::string> Params::ServiceIds(std::string_view name) {
  return ListWhere(name, IsServiceId, "must hold ids of services as /api/v1/services lists them");
}

std::vector<std::string> Params::ListWhere(std::string_view name, bool (*valid)(std::string_view),
                                           std::string_view message) {
  std::vector<std::string> items;
  const auto value = Take(name);
  if (!value) return items;
  for (std::string_view rest = *value;;) {
    const std::size_t comma = rest.find(',');
    items.emplace_back(rest.substr(0, comma));
    if (!valid(items.back())) {
      Fail(name, std::string(message));
      return {};
    }
    if (items.size() > kMostListItems) {
      Fail(name, fmt::format("holds more than {} items", kMostListItems));
      return {};
    }
    if (comma == std::string_view::npos) return items;
    rest = rest.substr(comma + 1);
  }
}

std::optional<gateway::Problem> Params::Problem() {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : query_) {
    if (!seen.insert(name).second) {
      errors_.push_back({name.substr(0, kMostQuotedBytes), value.substr(0, kMostQuotedBytes),
                         "is given more than once"});
    } else if (known_.find(name) == known_.end()) {
      errors_.push_back({name.substr(0, kMostQuotedBytes), value.substr(0, kMostQuotedBytes),
                         "is not a parameter of this resource"});
    }
  }
  if (errors_.empty()) return std::nullopt;
  gateway::Problem problem{.status = 400, .errors = std::move(errors_)};
  problem.detail = problem.errors.size() == 1
                       ? fmt::format("the parameter '{}' {}", problem.errors.front().field,
                                     problem.errors.front().message)
                       : fmt::format("{} parameters are not valid", problem.errors.size());
  return problem;
}

}  // namespace fails::gateway::routing
