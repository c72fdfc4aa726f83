// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string_view>

#include "common/pg/query.h"

namespace fails::pg {
namespace {

// PostgreSQL's text form of a one-dimensional array: {a,"b \" c",""}; NULL unquoted. libpqxx 6 has
// a parser, which takes a leading apostrophe for a quote.
class ArrayParser {
 public:
  explicit ArrayParser(std::string_view text) : text_(text) {}

  std::vector<std::string> Parse() {
    std::vector<std::string> values;
    Expect('{');
    if (Peek() == '}') {
      Expect('}');
    } else {
      do {
        values.push_back(Peek() == '"' ? Quoted() : Plain());
      } while (Next() == ',');
      --position_;
      Expect('}');
    }
    if (position_ != text_.size()) Refuse("something after the end");
    return values;
  }

 private:
  char Peek() const {
    if (position_ == text_.size()) Refuse("no end");
    return text_[position_];
  }
  char Next() {
    const char c = Peek();
    ++position_;
    return c;
  }
  void Expect(char wanted) {
    if (Next() != wanted) Refuse("something unexpected");
  }

  std::string Quoted() {
    std::string value;
    Expect('"');
    for (char c = Next(); c != '"'; c = Next()) value += c == '\\' ? Next() : c;
    return value;
  }

  std::string Plain() {
    const std::size_t end = text_.find_first_of(",}", position_);
    const std::string value(text_.substr(position_, end - position_));
    if (value.starts_with('{')) Refuse("an array");
    if (value == "NULL") Refuse("a NULL");
    if (value.empty()) Refuse("nothing");
    position_ = end == std::string_view::npos ? text_.size() : end;
    return value;
  }

  [[noreturn]] void Refuse(const char* found) const {
    throw pqxx::conversion_error(fmt::format("{} in the text array {}", found, text_));
  }

  const std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

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
  const std::string text = field.as<std::string>();
  return ArrayParser(text).Parse();
}

}  // namespace fails::pg
