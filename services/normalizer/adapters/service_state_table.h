// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <cstdint>
#include <string>
#include <vector>

#include "services/normalizer/domain/decision.h"

namespace fails::normalizer {

// incidents.service_status with its history, in the caller's transaction.
StoredStates LoadStates(pqxx::work& tx, const Statement& statement);
// Confirmed states keep the version of their last change.
void SaveStates(pqxx::work& tx, const std::vector<StateChange>& changes, std::int64_t version);
// Ids of the incidents that affect a service now, newest first.
std::vector<std::string> OngoingIncidents(pqxx::work& tx, const ServiceId& service);

}  // namespace fails::normalizer
