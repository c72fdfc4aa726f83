// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/catalog/catalog.h"
#include "common/domain/ids.h"
#include "common/domain/service_status.h"
#include "common/platforms/platform.h"
#include "services/normalizer/domain/source.h"

namespace fails::normalizer {

// How a service does now, and who said so.
struct ServiceState {
  ServiceId service;
  ProviderId provider;
  ServiceStatus status = ServiceStatus::kUnknown;
  ServiceStatus previous = ServiceStatus::kUnknown;
  absl::Time since;  // fetch of the first document that said so
  PageId page;
  absl::Time reported_at;     // fetch of the last document that said so
  absl::Time source_at;       // of the newest document that could have said so
  std::int64_t revision = 1;  // one more with each change

  friend bool operator==(const ServiceState&, const ServiceState&) = default;
};
using StoredStates = std::map<ServiceId, ServiceState>;

// What a document says of services: of several components the worst. A word that we do not know
// loses against any other, and by itself is unknown, never operational.
struct MappedStates {
  std::map<ServiceId, ServiceStatus> states;
  bool complete = false;  // a service of the page that is missing is one that the page dropped
  std::set<std::string> unmapped;  // components that the catalog lacks, by name
  // Mapped by a name that has another id in the catalog: "API (c9)".
  std::set<std::string> made_anew;
};
MappedStates MapStates(const catalog::Catalog& catalog, const Source& source,
                       const std::vector<platforms::ComponentStatus>& components, bool complete);

struct StateChange {
  ServiceState state;
  enum class Kind {
    kConfirmed,  // said once more, or by another page
    kFirstSeen,  // nothing was known and all is well (or unknown): kept, not told
    kChanged,    // kept, remembered in the history, told
  } kind = Kind::kConfirmed;
};

// What a document makes of the stored states. Pure. An older document says nothing; neither does an
// import, which tells of the past. Where two pages tell of one service, the one that said the worse
// is believed until it says otherwise itself; a page that is no longer watched does not hold.
std::vector<StateChange> ChangedStates(const StoredStates& stored, const MappedStates& mapped,
                                       const Source& source,
                                       const std::function<bool(const PageId&)>& is_watched);

}  // namespace fails::normalizer
