// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

// incidents.component, in the caller's transaction.
ComponentBook LoadComponents(pqxx::work& tx, const PageId& page);
// What the statement's document lists. An older document changes nothing that is known; what a
// newer one lists no longer stays known, since the history goes on naming it.
void SaveComponents(pqxx::work& tx, const Statement& statement);

}  // namespace fails::normalizer
