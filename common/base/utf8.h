// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fails {

// Text in which each byte that belongs to no valid UTF-8 sequence is replaced by U+FFFD, and NUL
// too, which neither PostgreSQL nor a page can hold. Protobuf strings, text columns and JSON all
// demand it of foreign text.
std::string RepairUtf8(std::string_view text);

}  // namespace fails
