// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <cstdint>
#include <utility>
#include <vector>

#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

// incidents.outage_day, in the caller's transaction.
StoredDays LoadDays(pqxx::work& tx, const Statement& statement);
void SaveDays(pqxx::work& tx, const std::vector<std::pair<ServiceId, StoredDay>>& days,
              std::int64_t version);
// Remembers that a page's document has told of its days.
void TouchDays(pqxx::work& tx, const Statement& statement);

}  // namespace fails::normalizer
