// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/analytics/domain/query/query.h"
#include "services/analytics/domain/snapshot/snapshot.h"
#include "services/analytics/domain/time/spans.h"

namespace fails::analytics {

// The downtime interval of an incident that belongs to a query: from its start, which the query
// chooses, to its last stage; up to the query's `now` while it is ongoing.
inline Span DowntimeOf(const IncidentView& incident, const Query& query) {
  return {incident.started(query.start), incident.ongoing() ? query.now_second : incident.closed()};
}

// Whether the incident names the service.
inline bool Affects(const IncidentView& incident, ServiceIndex service) {
  for (const ServiceIndex one : incident.services()) {
    if (one == service) return true;
  }
  return false;
}

}  // namespace fails::analytics
