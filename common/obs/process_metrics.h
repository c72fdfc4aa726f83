// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace fails::obs {

// What the kernel knows of this process (Linux: /proc/self), read now, and the build's version.
std::vector<prometheus::MetricFamily> CollectProcessMetrics();

}  // namespace fails::obs
