// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include "fails/v1/analytics_service.pb.h"
#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/snapshot.h"

namespace fails::analytics::testing {

// What the analysis answers, with now = 2024-09-01 by default; throws when it fails.
v1::Analysis AnswerOf(const std::string& id, const Snapshot& snapshot, const QueryText& text = {});

// The group of that id, of whatever shape; throws when there is none.
template <class Result>
const auto& GroupOf(const Result& result, const std::string& id) {
  for (const auto& group : result.groups()) {
    if constexpr (requires { group.group(); }) {
      if (group.group() == id) return group;
    } else {
      if (group.provider() == id) return group;
    }
  }
  throw std::out_of_range(id);
}

}  // namespace fails::analytics::testing
