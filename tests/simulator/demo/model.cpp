// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/model.h"

namespace fails::simulator {

std::optional<Incident> KnownAt(const Incident& incident, absl::Time now) {
  Incident known = incident;
  std::erase_if(known.updates, [now](const Update& update) { return update.at > now; });
  if (known.updates.empty()) return std::nullopt;
  return known;
}

std::optional<absl::Time> FirstAt(const Incident& incident, const std::string& status) {
  for (const Update& update : incident.updates) {
    if (update.status == status) return update.at;
  }
  return std::nullopt;
}

std::optional<absl::Time> LastAt(const Incident& incident, const std::string& status) {
  std::optional<absl::Time> last;
  for (const Update& update : incident.updates) {
    if (update.status == status) last = update.at;
  }
  return last;
}

}  // namespace fails::simulator
