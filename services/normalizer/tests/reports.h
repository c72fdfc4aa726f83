// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "services/normalizer/domain/merge.h"

// What the tests of the domain say of one incident, openai/abc, which began at minute 0.
namespace fails::normalizer {

absl::Time Minute(int minute);

Source From(Origin origin, int fetched);
inline Source Polled(int fetched) {
  return From(Origin::kPoll, fetched);
}

MappedReport ReportWith(IncidentStatus status, std::vector<Update> updates);
MappedReport Investigating();
MappedReport Resolved();  // investigating at minute 0, resolved at 30

// A merge that must change something, with `now` at the fetch.
Change MustMerge(const Incident* stored, const MappedReport& report, int fetched,
                 Origin origin = Origin::kPoll);

}  // namespace fails::normalizer
