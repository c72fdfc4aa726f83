// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace fails {

// An identifier that is compared with its own kind only and never turns into a plain string by
// itself. One line makes a new kind:  using PageId = StrongId<struct PageIdTag>;
template <class Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(std::string value) : value_(std::move(value)) {}

  const std::string& str() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend auto operator<=>(const StrongId&, const StrongId&) = default;
  friend std::ostream& operator<<(std::ostream& out, const StrongId& id) {
    return out << id.value_;
  }

  template <class H>
  friend H AbslHashValue(H h, const StrongId& id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  std::string value_;
};

}  // namespace fails

template <class Tag>
struct std::hash<fails::StrongId<Tag>> {
  std::size_t operator()(const fails::StrongId<Tag>& id) const {
    return std::hash<std::string>{}(id.str());
  }
};
