// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/normalizer/domain/change.h"
#include "services/normalizer/domain/mapped_report.h"
#include "services/normalizer/domain/source.h"

namespace fails::normalizer {

// What a report makes of what is stored (null: nothing yet). Absent: nothing changes. Pure.
//
// Who is believed:
// - A page's document shapes the incident, unless one that was fetched later has done so already.
// - An import shapes an incident that only imports have told of, by the same rule. The first
//   document of a page then takes over, whenever it was fetched.
// - Any other document (an older one, an import of what a page has told of) fills in what is
//   missing and changes nothing that is known. So documents may come in any order and any number of
//   times.
//
// What is taken over:
// - What the report does not say (no components, unknown impact, no updates) leaves what is known;
//   an emptied list takes nothing back. An import without a single word of text does not replace
//   updates that have some.
// - An address that was put together by us gives way to one that was stated, in whichever order the
//   documents come; by itself that is kept without being announced.
// - A status that is not stated is the newest update's.
// - Where intervals are stated, impact times that are not are their first start and last end.
// - An incident that was withdrawn, or whose end we inferred, is as the page says once it says so.
//
// What is told (Change::kind): a first-seen incident is opened only when a poll finds it going on,
// or still to come, and it began less than 24 hours ago: history must ring no alarm. Otherwise it
// is resolved, or updated if it is still open.
//
// INVALID_ARGUMENT when the report cannot make a valid incident.
absl::StatusOr<std::optional<Change>> Merge(const Incident* stored, const MappedReport& report,
                                            const Source& source, absl::Time now);

// A complete listing no longer holds the incident: its provider took it back. Absent when that says
// nothing: it is withdrawn already, was seen in a newer document, or no page has told of it. A page
// that has changed its platform took nothing back: what it told of before is kept, and since nobody
// will tell its end any more, it is over as for InferEnd if it was going on.
std::optional<Change> Withdraw(const Incident& stored, const Source& source, absl::Time now);

// A complete listing of what is going on no longer holds the incident: it is over, as of the fetch.
// Absent when that says nothing: as for Withdraw, or it is no longer going on.
std::optional<Change> InferEnd(const Incident& stored, const Source& source, absl::Time now);

}  // namespace fails::normalizer
