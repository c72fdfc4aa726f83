// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string_view>

#include "common/platforms/incidentio/windows.h"
#include "common/platforms/platform.h"

// What incident.io's pages fetch for themselves. `origin` is the page's address without a path.
namespace fails::platforms::incidentio {

// /proxy/<host>: components and what goes on now. Components that are not named as affected are
// operational.
Parsed ReadSummary(const boost::json::object& document, std::string_view origin);

// /proxy/<host>/component_impacts: when which component was affected. Of incidents that were
// published within `window` only, since the impacts of others may be cut off at its edge.
Parsed ReadImpacts(const boost::json::object& document, std::optional<Window> window);

// /proxy/<host>/incidents: incidents with their updates, oldest first. A list that reaches to
// `fetched_at` is complete back to its oldest.
Parsed ReadIncidents(const boost::json::object& document, std::string_view origin,
                     std::optional<Window> window, absl::Time fetched_at);

// The page's own scripts, joined: the same parts, somewhere in a larger text.
Parsed ReadChunks(std::string_view chunks, std::string_view origin);

// The earliest `data_available_since` of a summary: there is no history before it.
std::optional<absl::Time> AvailableSince(const boost::json::object& summary_document);

// Whether anything of the document began within the window.
bool HoldsAnything(const boost::json::object& document, const Window& window);

}  // namespace fails::platforms::incidentio
