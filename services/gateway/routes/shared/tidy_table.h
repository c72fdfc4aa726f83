// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/routes/shared/csv_line.h"

namespace fails::gateway {

// What a number is the number of, column by column; "" where a column does not apply. Written with
// quotes, so that a spreadsheet takes none of it for a formula.
using Keys = std::vector<std::string>;

// A CSV file with one number a line: the keys, the metric, the value.
class TidyTable {
 public:
  // `columns`: of the keys.
  explicit TidyTable(const std::vector<std::string_view>& columns);

  void Number(const Keys& keys, std::string_view metric, double value);  // not finite: no line
  void Number(const Keys& keys, std::string_view metric, std::int64_t value);
  // A line for each singular number of the message that is set, named after its field; those of an
  // Interval or an Estimate within are "<field>_low", "<field>_n".
  void Numbers(const Keys& keys, const google::protobuf::Message& message,
               const std::string& prefix = {});

  std::string Take() { return std::move(text_); }

 private:
  void Line(const Keys& keys, std::string_view metric, std::string_view value);

  CsvLine line_;
  std::string text_;
};

// As short as it can be read back.
std::string TextOf(double number);

}  // namespace fails::gateway
