// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace fails::analytics::testing {

// Paths of all floating-point fields of the message, at any depth, that are not finite: must be
// empty. In a list NaN stands for a value that does not exist, and is no finding.
std::vector<std::string> NotFinite(const google::protobuf::Message& message);

}  // namespace fails::analytics::testing
