// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace fails::gateway {

// openapi.yaml, as it was when the program was built.
std::string_view OpenApiDocument();

}  // namespace fails::gateway
