// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <vector>

#include "fails/v1/incident.pb.h"

namespace fails::analytics {

// Adds what only the detail view has: updates, newest first, and impact intervals, by service and
// time.
void AddDetails(pqxx::work& tx, std::vector<v1::Incident>& incidents);

}  // namespace fails::analytics
