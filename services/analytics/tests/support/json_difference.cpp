// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/json_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>

namespace fails::analytics::testing {
namespace {

namespace json = boost::json;

constexpr double kRelative = 1e-6;
constexpr double kAbsolute = 1e-9;
constexpr double kInterval = 0.15;

std::string Differs(const std::string& path, const json::value& expected, const json::value& got) {
  return fmt::format("{}: expected {}, got {}", path, json::serialize(expected).substr(0, 200),
                     json::serialize(got).substr(0, 200));
}

bool Close(double a, double b, double relative) {
  return std::abs(a - b) <= std::max(relative * std::max(std::abs(a), std::abs(b)), kAbsolute);
}

std::string Find(const json::value& expected, const json::value& got, const std::string& path,
                 double relative);

std::string FindInObject(const json::object& expected, const json::object& got,
                         const std::string& path, double relative) {
  if (path.ends_with(".mean_ci95")) {
    relative = kInterval;
    if (const auto* wider = expected.if_contains("tolerance")) {
      relative = std::max(relative, wider->to_number<double>());
    }
  }
  for (const auto& [key, value] : expected) {
    const std::string name(key);
    if (name == "tolerance") continue;
    const json::value* ours = got.if_contains(key);
    const std::string found =
        Find(value, ours ? *ours : json::value(nullptr), path + "." + name, relative);
    if (!found.empty()) return found;
  }
  return "";
}

std::string FindInArray(const json::array& expected, const json::array& got,
                        const std::string& path, double relative) {
  for (std::size_t i = 0; i < std::min(expected.size(), got.size()); ++i) {
    const std::string found = Find(expected[i], got[i], fmt::format("{}[{}]", path, i), relative);
    if (!found.empty()) return found;
  }
  if (expected.size() == got.size()) return "";
  return Differs(path + " (length)", expected.size(), got.size());
}

std::string Find(const json::value& expected, const json::value& got, const std::string& path,
                 double relative) {
  if (expected.is_object() && got.is_object()) {
    return FindInObject(expected.get_object(), got.get_object(), path, relative);
  }
  if (expected.is_array() && got.is_array()) {
    return FindInArray(expected.get_array(), got.get_array(), path, relative);
  }
  const bool same = expected.is_number() && got.is_number()
                        ? Close(expected.to_number<double>(), got.to_number<double>(), relative)
                        : expected == got;
  return same ? "" : Differs(path, expected, got);
}

}  // namespace

std::string Difference(const json::value& expected, const json::value& got) {
  return Find(expected, got, "$", kRelative);
}

}  // namespace fails::analytics::testing
