// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fails::gateway {

// One line of a CSV file (RFC 4180), field by field.
class CsvLine {
 public:
  // Quoted. Text that a spreadsheet would take for a formula gets an apostrophe in front; bytes
  // that are not UTF-8 become U+FFFD.
  CsvLine& Text(std::string_view text);
  template <class Texts>
  CsvLine& List(const Texts& texts) {
    std::string joined;
    for (const std::string& text : texts) {
      if (!joined.empty()) joined += ';';
      joined += text;
    }
    return Text(joined);
  }
  CsvLine& Number(std::int64_t number) { return Plain(std::to_string(number)); }
  // What needs no quotes: names of columns, times, words of ours. Empty for a value that is absent.
  CsvLine& Plain(std::string_view word);

  // The line with its end.
  std::string Take();

 private:
  void Separate();

  std::string line_;
  bool begun_ = false;
};

}  // namespace fails::gateway
