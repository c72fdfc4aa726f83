// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace fails::scraper {

// A name for this process that no other has, also not its successor after a crash:
// "<host>-<pid>-<random>".
std::string NewReplicaId();

// Evenly from [0, 1). Thread-safe.
double RandomShare();

}  // namespace fails::scraper
