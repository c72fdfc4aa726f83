// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/flat_json.h"

#include <charconv>

#include "common/base/time.h"
#include "common/platforms/reading/json_value.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr int kMaxWrappers = 8;

std::string_view View(const json::string& text) {
  return {text.data(), text.size()};
}

// The name of a wrapper, e.g. "Reactive" of ["Reactive",7]; empty for an array that is none.
std::string_view WrapperOf(const json::array& array) {
  if (array.size() != 2) return {};
  const json::string* name = array[0].if_string();
  return name ? View(*name) : std::string_view();
}

bool IsReference(std::string_view wrapper) {
  return wrapper == "Reactive" || wrapper == "ShallowReactive" || wrapper == "Ref" ||
         wrapper == "ShallowRef";
}

}  // namespace

std::vector<const json::object*> FlatJson::Objects() const {
  std::vector<const json::object*> objects;
  for (const json::value& value : values_) {
    if (const json::object* object = value.if_object()) objects.push_back(object);
  }
  return objects;
}

const json::value* FlatJson::Follow(const json::value& reference) const {
  const json::value* current = &reference;
  for (int step = 0; step < kMaxWrappers; ++step) {
    if (!current->is_int64() || current->get_int64() < 0) return nullptr;
    const auto index = static_cast<std::uint64_t>(current->get_int64());
    if (index >= values_.size()) return nullptr;
    const json::value& value = values_[static_cast<std::size_t>(index)];
    if (value.is_null()) return nullptr;
    const json::array* array = value.if_array();
    if (!array || !IsReference(WrapperOf(*array))) return &value;
    current = &(*array)[1];
  }
  return nullptr;
}

const json::value* FlatJson::Member(const json::object& object, std::string_view name) const {
  if (keys_ == Keys::kNames) return object.if_contains(name);
  for (const auto& member : object) {
    const std::string_view key(member.key().data(), member.key().size());
    if (!key.starts_with('_')) continue;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data() + 1, key.data() + key.size(), index);
    if (error != std::errc{} || end != key.data() + key.size() || index >= values_.size()) continue;
    const json::string* text = values_[index].if_string();
    if (text && View(*text) == name) return &member.value();
  }
  return nullptr;
}

const json::value* FlatJson::At(const json::object& object, std::string_view name) const {
  const json::value* reference = Member(object, name);
  return reference ? Follow(*reference) : nullptr;
}

std::string FlatJson::TextAt(const json::object& object, std::string_view name) const {
  const json::value* value = At(object, name);
  return value ? IdOf(*value) : std::string();
}

std::optional<double> FlatJson::NumberAt(const json::object& object, std::string_view name) const {
  const json::value* value = At(object, name);
  return value ? NumberOf(*value) : std::nullopt;
}

std::optional<absl::Time> FlatJson::TimeAt(const json::object& object,
                                           std::string_view name) const {
  const json::value* value = At(object, name);
  if (!value) return std::nullopt;
  if (const json::array* array = value->if_array()) {
    const std::string_view wrapper = WrapperOf(*array);
    if (wrapper == "D") return UnixMillisOf((*array)[1]);
    if (wrapper != "Date") return std::nullopt;
    value = &(*array)[1];
  }
  const auto time = ParseTime(IdOf(*value));
  if (!time.ok()) return std::nullopt;
  return *time;
}

const json::object* FlatJson::ObjectAt(const json::object& object, std::string_view name) const {
  const json::value* value = At(object, name);
  return value ? value->if_object() : nullptr;
}

std::vector<const json::object*> FlatJson::ObjectsAt(const json::object& object,
                                                     std::string_view name) const {
  std::vector<const json::object*> objects;
  const json::value* value = At(object, name);
  const json::array* array = value ? value->if_array() : nullptr;
  if (!array) return objects;
  for (const json::value& reference : *array) {
    const json::value* member = Follow(reference);
    if (const json::object* found = member ? member->if_object() : nullptr)
      objects.push_back(found);
  }
  return objects;
}

}  // namespace fails::platforms
