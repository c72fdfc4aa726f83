// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "fails/v1/analytics_service.pb.h"

namespace fails::gateway {

// The result of an analysis as a tidy table (RFC 4180): a header line, then one line for each
// number, which stands last, its name (`metric`) before it and what it is the number of before
// that. The columns follow the shape. A number that does not exist has no line.
std::string CsvOf(const v1::Analysis& analysis);

}  // namespace fails::gateway
