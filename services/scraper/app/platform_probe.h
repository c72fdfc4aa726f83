// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "services/scraper/app/ports.h"

namespace fails::scraper {

// Asks a page that answers, but not as its platform does, which platform it is on now. Empty when
// nothing gives it away, or once `cut` is an error.
std::string ProbePlatform(const Fetch& fetch, const std::string& base_url,
                          const std::function<absl::Status()>& cut);

}  // namespace fails::scraper
