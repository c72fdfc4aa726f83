// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace fails::analytics {

// From `from` on, before `to`; absent: unbounded.
struct TimeRange {
  std::optional<absl::Time> from, to;
};

// `from` and `to` of a request, null where it has none. What is wrong with them joins `problems`:
// a time outside the years 1 to 9999, a range that ends before it begins.
TimeRange ReadTimeRange(const google::protobuf::Timestamp* from,
                        const google::protobuf::Timestamp* to, std::vector<std::string>& problems);

template <class Request>
TimeRange TimeRangeOf(const Request& request, std::vector<std::string>& problems) {
  return ReadTimeRange(request.has_from() ? &request.from() : nullptr,
                       request.has_to() ? &request.to() : nullptr, problems);
}

}  // namespace fails::analytics
