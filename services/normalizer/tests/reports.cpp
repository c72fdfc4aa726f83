// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/tests/reports.h"

#include <stdexcept>
#include <utility>

namespace fails::normalizer {

absl::Time Minute(int minute) {
  return absl::FromUnixSeconds(1'772'000'000) + absl::Minutes(minute);
}

Source From(Origin origin, int fetched) {
  Source source{.page = PageId(origin == Origin::kImport ? "import" : "openai"),
                .origin = origin,
                .fetched_at = Minute(fetched)};
  if (origin != Origin::kImport) source.provider = ProviderId("openai");
  return source;
}

MappedReport ReportWith(IncidentStatus status, std::vector<Update> updates) {
  MappedReport mapped{.provider = ProviderId("openai"), .page = PageId("openai")};
  mapped.report.native_id = "abc";
  mapped.report.title = "Elevated errors";
  mapped.report.impact = Impact::kMinor;
  mapped.report.status = status;
  mapped.report.updates = std::move(updates);
  mapped.services = {ServiceId("openai/api")};
  return mapped;
}

MappedReport Investigating() {
  return ReportWith(IncidentStatus::kInvestigating,
                    {{"u1", IncidentStatus::kInvestigating, Minute(0), "looking"}});
}

MappedReport Resolved() {
  return ReportWith(IncidentStatus::kResolved,
                    {{"u2", IncidentStatus::kResolved, Minute(30), "over"},
                     {"u1", IncidentStatus::kInvestigating, Minute(0), "looking"}});
}

Change MustMerge(const Incident* stored, const MappedReport& report, int fetched, Origin origin) {
  auto change = Merge(stored, report, From(origin, fetched), Minute(fetched));
  if (!change.ok()) throw std::runtime_error(change.status().ToString());
  if (!change->has_value()) throw std::runtime_error("nothing changes");
  return **std::move(change);
}

}  // namespace fails::normalizer
