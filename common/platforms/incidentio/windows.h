// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

// The spans of time in which incident.io is asked for its history.
namespace fails::platforms::incidentio {

// From midnight to midnight UTC, so that the address of a poll stays the same for a day.
struct Window {
  absl::Time from;
  absl::Time to;

  bool Contains(absl::Time at) const { return from <= at && at < to; }
  std::string Query() const;  // "start_at=…&end_at=…"
};

// The 30 days that end with the day of `now`, and the 30 days before a window.
Window NewestWindow(absl::Time now);
Window Before(const Window& window);

// The window that a document was asked for; absent when its address names none.
std::optional<Window> WindowOf(std::string_view url);

// How far a walk through the history has come; travels in DocumentRequest::state.
struct Walk {
  absl::Time since = absl::InfinitePast();  // nothing is older
  int empty = 0;                            // windows without anything, in a row

  std::string ToState() const;
  // Absent for text that is none.
  static std::optional<Walk> FromState(std::string_view state);

  // Whether to go on to `next`, with what the window before it held.
  std::optional<Walk> Next(const Window& next, bool held_something) const;
};

}  // namespace fails::platforms::incidentio
