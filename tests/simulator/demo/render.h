// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "boost/json/array.hpp"
#include "boost/json/object.hpp"
#include "tests/simulator/demo/status_words.h"
#include "tests/simulator/demo/world.h"

namespace fails::simulator {

// The objects of a Statuspage, in its own field order. Pure: a document changes when, and only
// when, something has been posted, which keeps ETags honest.
class Renderer {
 public:
  // `base_url` is where the page stands, without a slash at the end. The view must outlive this.
  Renderer(const PageView& view, std::string base_url);

  boost::json::object Page() const;
  boost::json::object Status() const;
  boost::json::array Components() const;
  // As in the lists; maintenances get their window.
  boost::json::object Listed(const Incident& incident) const;
  // As in /incidents/<code>.json, with what only that document tells.
  boost::json::object Detailed(const Incident& incident) const;

 private:
  boost::json::object Component(std::size_t index) const;
  boost::json::array Updates(const Incident& incident) const;
  boost::json::value AffectedComponents(const Incident& incident, std::size_t update) const;
  std::string Time(absl::Time at) const;
  boost::json::value Time(std::optional<absl::Time> at) const;

  const PageView& view_;
  const std::string base_url_;
  const std::vector<ComponentState> states_;
};

// ISO 8601 with milliseconds and the zone's own offset, "Z" for UTC.
std::string PageTime(absl::Time at, const absl::TimeZone& zone);

}  // namespace fails::simulator
