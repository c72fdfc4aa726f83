// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <optional>

#include "fails/v1/incident_service.pb.h"

namespace fails::analytics {

// The group of flaps, as v1::FlapGroup defines it, that the incident belongs to.
std::optional<v1::FlapGroup> FlapGroupOf(pqxx::work& tx, const v1::Incident& incident);

}  // namespace fails::analytics
