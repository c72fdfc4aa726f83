// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace fails::analytics::testing {

// The first difference between an expected answer and ours, in words; empty when they are equal in
// the sense of the golden files: numbers within 1e-6 relative or 1e-9 absolute, the ends of
// `mean_ci95` within 15 % or the wider `tolerance` beside them, a missing key is null, groups by
// name and in order, further keys of ours are ignored.
std::string Difference(const boost::json::value& expected, const boost::json::value& got);

}  // namespace fails::analytics::testing
