// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace fails::simulator {

// What a page posts about an incident. `status` and `impact` are the platform's words.
struct Update {
  std::string id;
  std::string status;
  std::string body;
  absl::Time at;
};

struct Window {
  absl::Time begin;
  absl::Time end;
};

// An incident, or a maintenance (which has a window), with its whole life, also what is still to
// come.
struct Incident {
  std::string code;
  std::string name;
  std::string impact;
  std::vector<std::size_t> components;  // indices into its page's components
  std::vector<Update> updates;          // by time, oldest first; never empty
  std::optional<Window> window;

  absl::Time created_at() const { return updates.front().at; }
  absl::Time updated_at() const { return updates.back().at; }
  const std::string& status() const { return updates.back().status; }
  bool open() const {
    return status() != "resolved" && status() != "postmortem" && status() != "completed";
  }
};

// The incident as it is known at `now`: without later updates; nothing when it has not begun.
std::optional<Incident> KnownAt(const Incident& incident, absl::Time now);

// When the first, or the last, update of that status was posted.
std::optional<absl::Time> FirstAt(const Incident& incident, const std::string& status);
std::optional<absl::Time> LastAt(const Incident& incident, const std::string& status);

}  // namespace fails::simulator
