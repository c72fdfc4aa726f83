// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/time_range.h"

#include <fmt/format.h>

#include "common/base/time.h"
#include "common/wire/time_proto.h"
#include "services/analytics/domain/calendar.h"

namespace fails::analytics {
namespace {

std::optional<absl::Time> Read(const char* field, const google::protobuf::Timestamp* time,
                               std::vector<std::string>& problems) {
  if (time == nullptr) return std::nullopt;
  const absl::Time at = wire::FromProto(*time);
  if (!IsCalendarTime(at)) {
    problems.push_back(
        fmt::format("{}: '{}' is not within the years 1 to 9999", field, time->seconds()));
  }
  return at;
}

}  // namespace

TimeRange ReadTimeRange(const google::protobuf::Timestamp* from,
                        const google::protobuf::Timestamp* to, std::vector<std::string>& problems) {
  const TimeRange range = {Read("from", from, problems), Read("to", to, problems)};
  if (range.from && range.to && *range.from >= *range.to) {
    problems.push_back(fmt::format("from: '{}' is not before to: '{}'", ToRfc3339(*range.from),
                                   ToRfc3339(*range.to)));
  }
  return range;
}

}  // namespace fails::analytics
