// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "common/domain/report.h"

namespace fails::platforms {

// When each component was affected, told together from what the updates of an incident say of them:
// [{code, name, old_status, new_status}]. Updates that say nothing are not added.
class StatuspageImpacts {
 public:
  // Newest update first, as pages list them.
  void Add(absl::Time at, const boost::json::array& affected_components);

  // Each from its first status that is not operational to the update that makes it operational
  // again, with the worst status of that time. That an update leaves a component out says nothing:
  // it goes on, at most until the incident is over. By component, then time. Absent: no update
  // named any.
  std::optional<std::vector<ComponentImpact>> Intervals(IncidentStatus status,
                                                        std::span<const Update> updates) const;

 private:
  struct Said {
    ComponentRef component;
    ServiceStatus status;
  };

  std::multimap<absl::Time, Said> said_;
};

}  // namespace fails::platforms
