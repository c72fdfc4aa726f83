// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/domain/report.h"

namespace fails::platforms {

// Where an incident was read: the page's own address if the document states it, and the document's.
struct StatuspageSource {
  std::string page_url;           // "https://status.example.com", empty when not stated
  std::string_view document_url;  // ".../incidents/<code>.json" tells the incident's page by guess
};

// One incident object of Statuspage, the same whether a list or a document of its own holds it:
// what only the latter has (postmortem_body …) says nothing that the updates do not. Absent, with a
// problem in words, when it has no id. An update without a readable time is left out, with a
// problem.
std::optional<Report> ReadStatuspageIncident(const boost::json::value& value,
                                             const StatuspageSource& source,
                                             std::vector<std::string>& problems);

// A component's word for its status.
ServiceStatus StatuspageComponentStatus(std::string_view word);

}  // namespace fails::platforms
