// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

// Tolerant reading of foreign JSON: whatever is missing, null or of another type is simply absent.
namespace fails::platforms {

// INVALID_ARGUMENT says where the text stops being JSON, or that it is no object.
absl::StatusOr<boost::json::object> ParseObject(std::string_view text);

// Null when the key is absent or holds another type.
const boost::json::array* FindArray(const boost::json::object& object, std::string_view key);
const boost::json::object* FindObject(const boost::json::object& object, std::string_view key);

// Empty when absent. Trailing and leading white space goes.
std::string TextAt(const boost::json::object& object, std::string_view key);
std::optional<absl::Time> TimeAt(const boost::json::object& object, std::string_view key);
bool BoolAt(const boost::json::object& object, std::string_view key);

}  // namespace fails::platforms
