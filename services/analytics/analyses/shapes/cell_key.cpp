// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/analyses/shapes/cell_key.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/base/text.h"

namespace fails::analytics {

absl::StatusOr<CellKey> CellKey::Parse(std::string_view text) {
  CellKey cell;
  cell.text_ = text;
  if (text.empty()) return cell.Complain("names no number of the answer");
  for (const absl::string_view part : absl::StrSplit(Absl(text), ';')) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(part, absl::MaxSplits(':', 1));
    if (pair.first.empty() || pair.second.empty()) {
      return cell.Complain("is not 'key:value' pairs joined by ';'");
    }
    if (cell.Has(pair.first)) return cell.Complain(fmt::format("says '{}' twice", pair.first));
    cell.pairs_.push_back(pair);
  }
  return cell;
}

absl::Status CellKey::Only(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, value] : pairs_) {
    if (std::ranges::find(keys, key) == keys.end()) {
      return Complain(
          fmt::format("has '{}', but the keys here are {}", key, fmt::join(keys, ", ")));
    }
  }
  return absl::OkStatus();
}

const std::string* CellKey::Find(std::string_view key) const {
  const auto it = std::ranges::find(pairs_, key, [](const auto& pair) { return pair.first; });
  return it == pairs_.end() ? nullptr : &it->second;
}

std::optional<std::string> CellKey::Text(std::string_view key) const {
  const std::string* value = Find(key);
  return value ? std::optional(*value) : std::nullopt;
}

absl::StatusOr<std::optional<double>> CellKey::Number(std::string_view key) const {
  const std::string* value = Find(key);
  if (!value) return std::nullopt;
  double number = 0;
  if (!absl::SimpleAtod(*value, &number) || !std::isfinite(number)) {
    return Complain(fmt::format("has '{}' for '{}', which is no number", *value, key));
  }
  return number;
}

absl::StatusOr<ServiceIndex> CellKey::Service(std::string_view key, const Names& names,
                                              const Query& query) const {
  const std::string* value = Find(key);
  if (!value) return Complain(fmt::format("does not say '{}'", key));
  const auto index = names.Find(ServiceId(*value));
  if (!index || !query.chosen[*index]) {
    return Complain(
        fmt::format("has '{}' for '{}', which is no service of the query", *value, key));
  }
  return *index;
}

absl::StatusOr<ProviderIndex> CellKey::Provider(std::string_view key, const Names& names,
                                                const Query& query) const {
  const std::string* value = Find(key);
  if (!value) return Complain(fmt::format("does not say '{}'", key));
  const auto index = names.Find(ProviderId(*value));
  const bool asked = index && (query.takes_unnamed[*index] ||
                               std::ranges::any_of(query.services, [&](ServiceIndex service) {
                                 return names.provider_of(service) == *index;
                               }));
  if (!asked) {
    return Complain(
        fmt::format("has '{}' for '{}', which is no provider of the query", *value, key));
  }
  return *index;
}

absl::Status CellKey::Complain(std::string_view what) const {
  return absl::InvalidArgumentError(fmt::format("cell: '{}' {}", text_, what));
}

}  // namespace fails::analytics
