// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/catalog/catalog.h"
#include "common/domain/ids.h"
#include "common/domain/outage_day.h"
#include "common/domain/report.h"
#include "services/normalizer/domain/source.h"

namespace fails::normalizer {

using ServiceDay = std::pair<ServiceId, absl::CivilDay>;

// The calendar days of a document, by service: of several components the worst of each, that is,
// the most seconds.
struct MappedDays {
  std::map<ServiceDay, OutageDay> days;
  std::vector<std::string> problems;  // days that cannot be, in words
  std::set<std::string> unmapped;     // components that the catalog lacks, by name
};
MappedDays MapOutageDays(const catalog::Catalog& catalog, const Source& source,
                         const std::vector<OutageDayReport>& reports);

struct StoredDay {
  OutageDay day;
  PageId page;
  absl::Time source_at;
};
using StoredDays = std::map<ServiceDay, StoredDay>;

// The days that are to be written. Pure. An older document changes no day that is known, an import
// none that a page has told of, and a page takes over from an import whenever it was fetched. Where
// two pages tell of one service, a day keeps the worse of both.
std::vector<std::pair<ServiceId, StoredDay>> ChangedDays(const StoredDays& stored,
                                                         const MappedDays& mapped,
                                                         const Source& source);

}  // namespace fails::normalizer
