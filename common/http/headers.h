// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fails::http {

// The header fields of one response, in their order. One piece of text: most are never looked at.
class Headers {
 public:
  // "Name: value", as a server sends it; what is no field is passed over.
  void AddLine(std::string_view line);
  void Clear() { text_.clear(); }

  // Of the first field of that lower-case name; empty without one. Valid until the next change.
  std::string_view Get(std::string_view name) const;
  // Names in lower case.
  std::vector<std::pair<std::string, std::string>> All() const;

 private:
  std::string text_;  // lines "name:value\n"; neither holds a line break
};

}  // namespace fails::http
