// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fails::platforms {

// "https://status.example.com" of "https://status.example.com/proxy/x?y"; empty when it is no
// http(s) address.
std::string_view OriginOf(std::string_view url);

// "status.example.com" of the same.
std::string_view HostOf(std::string_view url);

// The value of a parameter in the query, percent-decoded; empty when it is not there.
std::string QueryParameter(std::string_view url, std::string_view name);

}  // namespace fails::platforms
