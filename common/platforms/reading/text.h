// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Small reading of foreign text. Letters are ASCII; other bytes are left alone.
namespace fails::platforms {

std::string_view Trim(std::string_view text);
std::string ToLower(std::string_view text);
bool EqualsNoCase(std::string_view a, std::string_view b);

// Position of `needle`, any case; npos when it is not there.
std::size_t FindNoCase(std::string_view text, std::string_view needle, std::size_t from = 0);

// Words between white space and any of `separators`, without empty ones.
std::vector<std::string_view> Words(std::string_view text, std::string_view separators = "");

// The text if it is an http(s) address without white space or control characters, else empty: what
// else a link may hold is never shown as one.
std::string HttpUrl(std::string_view text);

// A whole number of decimal digits and nothing else, at most nine of them.
std::optional<int> Number(std::string_view digits);

}  // namespace fails::platforms
