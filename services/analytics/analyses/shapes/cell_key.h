// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/names.h"

namespace fails::analytics {

// The name of one number of an answer, as a client gives it: "service:openai/api;bin:Monday". Every
// complaint is INVALID_ARGUMENT and begins with "cell: '<what was given>'".
class CellKey {
 public:
  // Pairs "key:value" joined by ';', no key twice, none of them empty.
  static absl::StatusOr<CellKey> Parse(std::string_view text);

  // Complains of a key that is not among these.
  absl::Status Only(std::initializer_list<std::string_view> keys) const;

  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  // Absent when the key is.
  std::optional<std::string> Text(std::string_view key) const;
  absl::StatusOr<std::optional<double>> Number(std::string_view key) const;  // finite

  // The service or provider under this key: known, and with something of it in the query.
  absl::StatusOr<ServiceIndex> Service(std::string_view key, const Names& names,
                                       const Query& query) const;
  absl::StatusOr<ProviderIndex> Provider(std::string_view key, const Names& names,
                                         const Query& query) const;

  // The complaint that the cell, or what stands under a key, is `what`.
  absl::Status Complain(std::string_view what) const;

 private:
  const std::string* Find(std::string_view key) const;

  std::string text_;
  std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace fails::analytics
