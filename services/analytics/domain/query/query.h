// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/levels.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics {

// A query as the client typed it; empty is absent.
struct QueryText {
  std::vector<std::string> services;
  std::string from, to;  // RFC 3339
  std::string tz;        // IANA name
  std::vector<std::string> include;
  std::vector<std::string> impact;
  std::string basis;
  std::string start;
  std::string now;
  std::string slo;  // a percentage
};

inline constexpr std::string_view kIncludes[] = {"maintenance", "inconsistent"};
inline constexpr std::string_view kStarts[] = {"report", "impact"};
// In the order in which answers show them.
inline constexpr Impact kImpacts[] = {Impact::kNone,     Impact::kMinor,       Impact::kMajor,
                                      Impact::kCritical, Impact::kMaintenance, Impact::kUnknown};

// The effective query: every default filled in, every name known (analyses.md, section 2).
struct Query {
  std::vector<ServiceIndex> services;  // distinct, in the order of answers
  std::vector<bool> chosen;            // by ServiceIndex
  // By ProviderIndex: an incident of it that names no service belongs to the query. True when all
  // of the provider's services that the data knows are chosen; where the data knows none, when any
  // of its catalogued ones or everything is.
  std::vector<bool> takes_unnamed;
  absl::Time from, to;  // from <= started_at < to
  std::string tz_name;
  absl::TimeZone tz;
  bool include_maintenance = false;
  bool include_inconsistent = false;
  std::vector<Impact> impacts;  // distinct, in the order of kImpacts
  std::string basis;            // empty where the analysis has none
  StartBasis start = StartBasis::kReport;
  absl::Time now;
  double slo = 99.9;  // percentage that error budgets are measured against

  // The bounds on the whole seconds of a snapshot: from_second <= started < to_second.
  std::int64_t from_second = 0;
  std::int64_t to_second = 0;
  std::int64_t now_second = 0;

  std::uint32_t impact_bits = 0;  // `impacts`, by 1 << Impact
  bool Takes(Impact impact) const {
    return ((impact_bits >> static_cast<unsigned>(impact)) & 1U) != 0;
  }

  // Equal for queries that give equal answers over one snapshot.
  std::string Key(const Names& names) const;
  // Equal for queries that the same incidents belong to.
  std::string SelectionKey(const Names& names) const;
};

// `bases`: what the analysis takes for `basis`, its default first; empty when it has none.
// `measures_slo`: whether the analysis takes an `slo`. `default_now` is used where the text says no
// `now`. INVALID_ARGUMENT names every bad field with
// its value: unknown service, level, word or zone, malformed time or one outside the years 1 …
// 9999, from >= to.
absl::StatusOr<Query> ResolveQuery(const QueryText& text, const Snapshot& snapshot,
                                   absl::Time default_now, std::span<const std::string_view> bases,
                                   bool measures_slo = false);

}  // namespace fails::analytics
