// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace fails::scraper {

// How long a Retry-After header asks to wait, from `now` on: seconds or an HTTP date in any of its
// three forms (RFC 9110, section 5.6.7). A date that has passed is zero; more than a day is cut to
// one; absent when unreadable.
std::optional<absl::Duration> ParseRetryAfter(std::string_view header, absl::Time now);

}  // namespace fails::scraper
