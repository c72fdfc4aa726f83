// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/simulator/demo/world.h"

namespace fails::simulator {

// The front page, with the calendar in window.uptimeData.
std::string IndexPage(const PageView& view);

// The page of one incident or maintenance, with the classes that the platform's pages have.
std::string IncidentPage(const PageView& view, const Incident& incident);

}  // namespace fails::simulator
