// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fails::platforms {

// UTF-8 of a text that begins with a byte order mark of UTF-16, either way round, without the mark.
// Halves of pairs and a last odd byte become U+FFFD. Absent when there is no such mark.
std::optional<std::string> FromUtf16(std::string_view bytes);

}  // namespace fails::platforms
