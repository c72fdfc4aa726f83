// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fails::obs {

// `text` for the inside of a JSON string: escaped, control characters too (DEL included, so that a
// terminal shows a line of log as one line), and bytes that are not UTF-8 replaced. Valid whatever
// came in.
std::string EscapeJson(std::string_view text);

}  // namespace fails::obs
