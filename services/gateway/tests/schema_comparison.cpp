// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/tests/schema_comparison.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <boost/json/serialize.hpp>
#include <map>
#include <set>
#include <string_view>

#include "common/base/time.h"
#include "services/gateway/openapi_document.h"

namespace fails::gateway {
namespace {

namespace json = boost::json;

struct Fields {
  std::map<std::string, YAML::Node> described;
  std::set<std::string> required;
};

bool HasType(const json::value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

class Comparison {
 public:
  explicit Comparison(Presence presence)
      : schemas_(YAML::Load(std::string(OpenApiDocument()))["components"]["schemas"]),
        presence_(presence) {}

  void CompareNamed(const std::string& name, const json::value& value, const std::string& path) {
    const YAML::Node schema = Named(name);
    if (!schema.IsDefined()) return Differs(path, fmt::format("there is no schema {}", name));
    Compare(schema, value, path);
  }

  std::vector<std::string> Take() { return std::move(differences_); }

 private:
  // Const, so that asking for what is not there adds nothing to the document.
  YAML::Node Named(const std::string& name) const { return schemas_[name]; }

  static std::string NameOf(const YAML::Node& reference) {
    const auto pointer = reference.as<std::string>();
    return pointer.substr(pointer.rfind('/') + 1);
  }

  void Differs(const std::string& path, const std::string& how) {
    differences_.push_back(fmt::format("{}: {}", path, how));
  }

  void Compare(const YAML::Node& schema, const json::value& value, const std::string& path) {
    if (schema["$ref"]) return CompareNamed(NameOf(schema["$ref"]), value, path);
    const std::string type = schema["allOf"] ? "object" : schema["type"].as<std::string>("");
    if (!HasType(value, type)) {
      return Differs(path, fmt::format("{} is no {}", json::serialize(value), type));
    }
    if (type == "object") return CompareObject(schema, value.as_object(), path);
    if (type == "array") return CompareArray(schema, value.as_array(), path);
    if (type == "string") CompareString(schema, std::string(value.as_string()), path);
  }

  void CompareString(const YAML::Node& schema, const std::string& text, const std::string& path) {
    std::set<std::string> words;
    for (const auto& word : schema["enum"]) words.insert(word.as<std::string>());
    if (schema["const"]) words.insert(schema["const"].as<std::string>());
    if (!words.empty() && !words.contains(text)) {
      Differs(path, fmt::format("\"{}\" is none of the words", text));
    }
    if (schema["format"].as<std::string>("") == "date-time" && !ParseTime(text).ok()) {
      Differs(path, fmt::format("\"{}\" is no time", text));
    }
  }

  void CompareArray(const YAML::Node& schema, const json::array& items, const std::string& path) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      Compare(schema["items"], items[i], fmt::format("{}[{}]", path, i));
    }
  }

  void CompareObject(const YAML::Node& schema, const json::object& object,
                     const std::string& path) {
    Fields fields;
    Collect(schema, fields);
    for (const auto& [name, value] : object) {
      const std::string inner = fmt::format("{}.{}", path, std::string_view(name));
      const auto found = fields.described.find(std::string(name));
      if (found == fields.described.end()) {
        Differs(inner, "is not described");
      } else {
        Compare(found->second, value, inner);
      }
    }
    for (const auto& [name, _] : fields.described) {
      const bool wanted = presence_ == Presence::kAll || fields.required.contains(name);
      if (wanted && !object.contains(name)) Differs(path + "." + name, "is not there");
    }
  }

  void Collect(const YAML::Node& schema, Fields& fields) const {
    if (schema["$ref"]) return Collect(Named(NameOf(schema["$ref"])), fields);
    for (const auto& part : schema["allOf"]) Collect(part, fields);
    for (const auto& property : schema["properties"]) {
      fields.described.emplace(property.first.as<std::string>(), property.second);
    }
    for (const auto& name : schema["required"]) fields.required.insert(name.as<std::string>());
  }

  const YAML::Node schemas_;
  const Presence presence_;
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> Differences(const std::string& schema, const json::value& value,
                                     Presence presence) {
  Comparison comparison(presence);
  comparison.CompareNamed(schema, value, schema);
  return comparison.Take();
}

}  // namespace fails::gateway
