// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "absl/strings/string_view.h"

namespace fails {

// Debian's abseil has a string_view of its own that does not convert from the standard one.
inline absl::string_view Absl(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace fails
