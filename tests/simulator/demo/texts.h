// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/simulator/demo/rng.h"

namespace fails::simulator {

// The words of one invented incident: its title says "Demo", its first update that nothing of it
// happened.
class IncidentTexts {
 public:
  // `services` are the names of the components, none when the page names none.
  IncidentTexts(const std::string& impact, const std::vector<std::string>& services, Rng& rng);

  const std::string& title() const { return title_; }

  // What an update of that status says. `first` marks it as invented; `again` repeats a stage.
  std::string Body(const std::string& status, bool first, bool again) const;

 private:
  std::string title_;
  std::string services_;
  std::string symptom_;
  std::string cause_;
};

// "API", "API and ChatGPT", "API, ChatGPT, and DALL·E".
std::string JoinNames(const std::vector<std::string>& names);

extern const char kInventedNote[];

}  // namespace fails::simulator
