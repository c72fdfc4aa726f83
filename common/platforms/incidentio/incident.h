// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/domain/report.h"

namespace fails::platforms::incidentio {

using Names = std::map<std::string, std::string>;  // of components, by id

// "investigating", "maintenance_in_progress", …
IncidentStatus StatusOf(std::string_view word);

// Absent when it names no component or no beginning.
std::optional<ComponentImpact> ReadImpact(const boost::json::object& impact, const Names& names);

// What the impacts say of the whole: components, beginning, end, and how bad it was. incident.io
// states no severity: that of the worst impact holds.
void SetImpacts(std::vector<ComponentImpact> impacts, Report& report);

// An incident of the summary or of a window. Absent, with a problem, when it has no id.
std::optional<Report> ReadIncident(const boost::json::object& incident, std::string_view origin,
                                   const Names& names, std::vector<std::string>& problems);

}  // namespace fails::platforms::incidentio
