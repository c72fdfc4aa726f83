// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/incident.h"
#include "common/platforms/platform.h"
#include "services/normalizer/domain/change.h"
#include "services/normalizer/domain/component_book.h"
#include "services/normalizer/domain/mapped_report.h"
#include "services/normalizer/domain/outage_days.h"
#include "services/normalizer/domain/service_state.h"
#include "services/normalizer/domain/source.h"

namespace fails::normalizer {

using StoredIncidents = std::map<IncidentId, Incident>;

// All that one document says, in the catalog's words.
struct Statement {
  Source source;
  std::vector<MappedReport> reports;          // of different incidents
  std::optional<platforms::Listing> listing;  // never of an import
  MappedDays days;
  MappedStates states;
  ComponentBook components;  // that the document lists; never of an import
};

// What is stored of all that a statement touches.
struct Stored {
  StoredIncidents incidents;  // the reported ones, and those of the page that a listing covers
  StoredDays days;
  StoredStates states;  // of the services named, and of those whose page it is
};

struct Decision {
  std::vector<Change> incidents;
  std::vector<std::pair<ServiceId, StoredDay>> days;
  std::vector<StateChange> states;
};

// What is to be written and told. Pure. A listing of incidents says nothing of maintenances, which
// are listed elsewhere, nor of what only imports have told of, nor of the history that its page has
// of an earlier platform.
absl::StatusOr<Decision> Decide(const Statement& statement, const Stored& stored,
                                const std::function<bool(const PageId&)>& is_watched,
                                absl::Time now);

}  // namespace fails::normalizer
