// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string_view>

#include "common/platforms/platform.h"

// What incident.io offers to others. These documents say less than the page's own.
namespace fails::platforms::incidentio {

// /api/v2/incidents.json, about the newest 25. Looks like Statuspage, but `components: []` stands
// on every incident and means that it does not say.
Parsed ReadCompatIncidents(const boost::json::object& document, std::string_view origin);

// /api/v2/components.json. Not complete on large pages.
Parsed ReadCompatComponents(const boost::json::object& document);

// /api/v1/summary: what goes on now and what is planned.
Parsed ReadWidget(const boost::json::object& document);

}  // namespace fails::platforms::incidentio
