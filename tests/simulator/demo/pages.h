// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace fails::simulator {

struct ComponentSpec {
  std::string id;
  std::string name;
};

// Components that fail together, and how often: incidents per day.
struct FailureMode {
  std::vector<std::size_t> components;  // indices; empty: the page names none
  double per_day;
};

// A page of the demo and the distributions that its incidents are drawn from.
struct PageSpec {
  std::string host;
  std::string page_id;
  std::string name;
  std::string time_zone;  // IANA; the offset of every time that the page shows
  std::vector<ComponentSpec> components;
  std::vector<FailureMode> modes;
  double mean_hours_to_recover;
  std::vector<double> impact_shares;  // none, minor, major, critical
  bool names_components_in_updates;   // otherwise `affected_components` is null, as on many pages
};

// The pages of the four providers of FAILS, with the means between failures and to recover of the
// published tables (4 to 40 days per service, 2 to 4 hours); tests/simulator/catalog-demo.yaml
// names the same components.
const std::vector<PageSpec>& DemoPages();

}  // namespace fails::simulator
