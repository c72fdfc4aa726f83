// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/domain/levels.h"
#include "common/domain/outage_day.h"
#include "common/domain/service_status.h"
#include "common/domain/stages.h"

namespace fails {

// A component as a page names it, before the catalog maps it to a service.
struct ComponentRef {
  std::string id;
  std::string name;

  friend bool operator==(const ComponentRef&, const ComponentRef&) = default;
};

// When a component was affected by an incident.
struct ComponentImpact {
  ComponentRef component;
  absl::Time from;
  std::optional<absl::Time> to;  // absent: still affected
  ServiceStatus level = ServiceStatus::kUnknown;

  friend bool operator==(const ComponentImpact&, const ComponentImpact&) = default;
};

// A day of a component's uptime calendar.
struct OutageDayReport {
  // Only in documents that speak of several providers (imports): id of the provider. Empty: the
  // page's.
  std::string provider;
  ComponentRef component;
  OutageDay day;

  friend bool operator==(const OutageDayReport&, const OutageDayReport&) = default;
};

// One incident as one document tells it. Whatever the document does not say is absent, never
// guessed.
struct Report {
  std::string native_id;  // never empty
  std::string title;
  std::string url;
  bool url_guessed = false;  // put together by us: it gives way to one that a document states
  Impact impact = Impact::kUnknown;
  IncidentStatus status = IncidentStatus::kUnknown;
  // Absent: the document does not list components at all. Empty: it lists none.
  std::optional<std::vector<ComponentRef>> components;
  std::vector<Update> updates;  // any order
  std::optional<absl::Time> impact_started_at;
  std::optional<absl::Time> impact_ended_at;
  std::optional<absl::Time> scheduled_for;
  std::optional<absl::Time> scheduled_until;
  bool backfilled = false;  // the provider entered it after the fact
  // Absent: the document says nothing of when which component was affected.
  std::optional<std::vector<ComponentImpact>> component_impacts;

  // Only in documents that speak of several providers (imports). Empty or absent: the page's.
  std::string provider;                              // id
  std::string page;                                  // id
  std::optional<std::vector<std::string>> services;  // full ids, in place of components
  std::optional<absl::Time> withdrawn_at;
  // Quality flags that the rest does not imply (flag::kUnknownComponent, kBroad, …), and, for an
  // end that no update states, that end.
  std::vector<std::string> flags;
  std::optional<absl::Time> end_inferred_at;
};

}  // namespace fails
