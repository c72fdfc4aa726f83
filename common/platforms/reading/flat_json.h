// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace fails::platforms {

// JSON whose values stand in one flat array and name each other by index, as Nuxt (devalue) and
// React Router (turbo-stream) write it. Followed one step at a time and never unfolded as a whole:
// a few bytes can describe a tree without end. Does not own the array.
class FlatJson {
 public:
  enum class Keys {
    kNames,    // Nuxt: {"id":12}, the value at index 12
    kIndexes,  // React Router: {"_3":12}, the name at index 3
  };
  FlatJson(const boost::json::array& values, Keys keys) : values_(values), keys_(keys) {}

  // All objects of the array, in order.
  std::vector<const boost::json::object*> Objects() const;

  // What `reference` (an index) stands for, through wrappers such as ["Reactive",7]; null for
  // whatever is absent, undefined or out of range.
  const boost::json::value* Follow(const boost::json::value& reference) const;

  // The value of an object's member; null when it is absent.
  const boost::json::value* At(const boost::json::object& object, std::string_view name) const;

  // Empty or absent unless the member is of that kind. Text is trimmed; a whole number is text too.
  std::string TextAt(const boost::json::object& object, std::string_view name) const;
  std::optional<double> NumberAt(const boost::json::object& object, std::string_view name) const;
  // From RFC 3339 text, a date (["D",ms] or ["Date",text]).
  std::optional<absl::Time> TimeAt(const boost::json::object& object, std::string_view name) const;
  const boost::json::object* ObjectAt(const boost::json::object& object,
                                      std::string_view name) const;
  // The objects of an array.
  std::vector<const boost::json::object*> ObjectsAt(const boost::json::object& object,
                                                    std::string_view name) const;

 private:
  const boost::json::value* Member(const boost::json::object& object, std::string_view name) const;

  const boost::json::array& values_;
  Keys keys_;
};

}  // namespace fails::platforms
