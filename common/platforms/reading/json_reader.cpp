// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/json_reader.h"

#include <fmt/format.h>

#include "absl/strings/ascii.h"
#include "common/base/text.h"
#include "common/base/time.h"

namespace fails::platforms {
namespace json = boost::json;

absl::StatusOr<json::object> ParseObject(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  json::stream_parser parser;
  boost::system::error_code error;
  const std::size_t read = parser.write(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  if (error) {
    return absl::InvalidArgumentError(
        fmt::format("not JSON: {} near byte {} of {}", error.message(), read, text.size()));
  }
  json::value value = parser.release();
  if (!value.is_object()) return absl::InvalidArgumentError("JSON, but no object");
  return std::move(value.as_object());
}

const json::array* FindArray(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? value->if_array() : nullptr;
}

const json::object* FindObject(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value ? value->if_object() : nullptr;
}

std::string TextAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value ? value->if_string() : nullptr;
  if (!text) return {};
  return std::string(absl::StripAsciiWhitespace(Absl({text->data(), text->size()})));
}

std::optional<absl::Time> TimeAt(const json::object& object, std::string_view key) {
  const auto time = ParseTime(TextAt(object, key));
  if (!time.ok()) return std::nullopt;
  return *time;
}

bool BoolAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace fails::platforms
