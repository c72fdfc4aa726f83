// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/report.h"

// What json_reader.h does for objects of one shape, for foreign JSON of looser habits.
namespace fails::platforms {

// FAILED_PRECONDITION quotes a content type that is no JSON.
absl::Status RequireJson(std::string_view content_type);

// The same words under the code that Platform::Recognize() promises.
absl::Status AsForeign(const absl::Status& status);

// Any JSON value. INVALID_ARGUMENT says where the text stops being JSON.
absl::StatusOr<boost::json::value> ParseJson(std::string_view text);

// The array or object that `text` begins with, whatever follows it. INVALID_ARGUMENT as above.
absl::StatusOr<boost::json::value> ParseJsonPrefix(std::string_view text);

// An id: text, or a whole number in digits; empty for anything else.
std::string IdOf(const boost::json::value& value);
std::string IdAt(const boost::json::object& object, std::string_view key);

// A finite number, or text that is a number and nothing else.
std::optional<double> NumberOf(const boost::json::value& value);
std::optional<double> NumberAt(const boost::json::object& object, std::string_view key);

// Seconds (or milliseconds) since 1970, as a number or as text, within the years 2000 to 2100.
std::optional<absl::Time> UnixMillisOf(const boost::json::value& value);
std::optional<absl::Time> UnixSecondsAt(const boost::json::object& object, std::string_view key);
std::optional<absl::Time> UnixMillisAt(const boost::json::object& object, std::string_view key);

// The objects of the array at `key`; its other members, null and absence count as nothing.
std::vector<const boost::json::object*> ObjectsAt(const boost::json::object& object,
                                                  std::string_view key);

// Members with an id or a name, in order and once each.
std::vector<ComponentRef> ComponentsAt(const boost::json::object& object, std::string_view key,
                                       std::string_view id_key = "id",
                                       std::string_view name_key = "name");

}  // namespace fails::platforms
