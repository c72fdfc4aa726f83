// SPDX-License-Identifier: Apache-2.0
#include "common/pg/query.h"

#include <fmt/format.h>

namespace fails::pg {

std::string ToPgArray(const std::vector<std::string>& values) {
  std::string text = "{";
  for (const std::string& value : values) {
    if (text.size() > 1) text += ',';
    text += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text + "}";
}

std::vector<std::string> FromPgArray(const pqxx::field& field) {
  const std::string text = field.as<std::string>();  // the parser only points to it
  const auto refuse = [&](const char* why) {
    throw pqxx::conversion_error(fmt::format("{} in the array {}", why, text));
  };
  std::vector<std::string> values;
  pqxx::array_parser parser(text.c_str());
  int depth = 0;
  while (true) {
    const auto [juncture, value] = parser.get_next();
    switch (juncture) {
      case pqxx::array_parser::juncture::row_start:
        if (++depth > 1) refuse("an array");
        break;
      case pqxx::array_parser::juncture::row_end:
        --depth;
        break;
      case pqxx::array_parser::juncture::null_value:
        refuse("a NULL");
        break;
      case pqxx::array_parser::juncture::string_value:
        values.push_back(value);
        break;
      case pqxx::array_parser::juncture::done:
        return values;
    }
  }
}

}  // namespace fails::pg
