// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/json_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/base/text.h"
#include "common/platforms/reading/json_reader.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr double kYear2000 = 946'684'800;
constexpr double kYear2100 = 4'102'444'800;

absl::Status NotJson(const boost::system::error_code& error, std::size_t read,
                     std::string_view text) {
  return absl::InvalidArgumentError(
      fmt::format("not JSON: {} near byte {} of {}", error.message(), read, text.size()));
}

std::optional<absl::Time> SinceEpoch(std::optional<double> seconds) {
  if (!seconds || *seconds < kYear2000 || *seconds > kYear2100) return std::nullopt;
  return absl::UnixEpoch() + absl::Milliseconds(std::llround(*seconds * 1000));
}

}  // namespace

absl::Status RequireJson(std::string_view content_type) {
  if (absl::AsciiStrToLower(Absl(content_type)).find("json") != std::string::npos) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(fmt::format("'{}' instead of JSON", content_type));
}

absl::Status AsForeign(const absl::Status& status) {
  if (status.ok()) return status;
  return absl::FailedPreconditionError(status.message());
}

absl::StatusOr<json::value> ParseJson(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  json::stream_parser parser;
  boost::system::error_code error;
  const std::size_t read = parser.write(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  if (error) return NotJson(error, read, text);
  return parser.release();
}

absl::StatusOr<json::value> ParseJsonPrefix(std::string_view text) {
  if (text.empty() || (text.front() != '[' && text.front() != '{')) {
    return absl::InvalidArgumentError("neither an array nor an object begins here");
  }
  json::stream_parser parser;
  boost::system::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && !parser.done()) parser.finish(error);
  if (error) return NotJson(error, read, text);
  return parser.release();
}

std::string IdOf(const json::value& value) {
  if (const json::string* text = value.if_string()) {
    return std::string(absl::StripAsciiWhitespace({text->data(), text->size()}));
  }
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  return {};
}

std::string IdAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? IdOf(*value) : std::string();
}

std::optional<double> NumberOf(const json::value& value) {
  double number = 0;
  if (value.is_int64()) {
    number = static_cast<double>(value.get_int64());
  } else if (value.is_uint64()) {
    number = static_cast<double>(value.get_uint64());
  } else if (value.is_double()) {
    number = value.get_double();
  } else if (!absl::SimpleAtod(IdOf(value), &number)) {
    return std::nullopt;
  }
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> NumberAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? NumberOf(*value) : std::nullopt;
}

std::optional<absl::Time> UnixMillisOf(const json::value& value) {
  const auto millis = NumberOf(value);
  return millis ? SinceEpoch(*millis / 1000) : std::nullopt;
}

std::optional<absl::Time> UnixSecondsAt(const json::object& object, std::string_view key) {
  return SinceEpoch(NumberAt(object, key));
}

std::optional<absl::Time> UnixMillisAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? UnixMillisOf(*value) : std::nullopt;
}

std::vector<const json::object*> ObjectsAt(const json::object& object, std::string_view key) {
  std::vector<const json::object*> objects;
  const json::array* array = FindArray(object, key);
  if (!array) return objects;
  for (const json::value& value : *array) {
    if (const json::object* member = value.if_object()) objects.push_back(member);
  }
  return objects;
}

std::vector<ComponentRef> ComponentsAt(const json::object& object, std::string_view key,
                                       std::string_view id_key, std::string_view name_key) {
  std::vector<ComponentRef> components;
  for (const json::object* member : ObjectsAt(object, key)) {
    ComponentRef component{IdAt(*member, id_key), TextAt(*member, name_key)};
    if (component.id.empty() && component.name.empty()) continue;
    if (std::ranges::find(components, component) == components.end()) {
      components.push_back(std::move(component));
    }
  }
  return components;
}

}  // namespace fails::platforms
