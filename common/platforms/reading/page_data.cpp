// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/page_data.h"

#include <fmt/format.h>

#include "common/platforms/reading/json_value.h"

namespace fails::platforms {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxValues = 64;

std::string_view SkipSpace(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

// The string literal that `text` begins with, quotes included; empty when it does not end.
std::string_view Literal(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return text.substr(0, i + 1);
    }
  }
  return {};
}

// What the literals behind each `opening` say, joined. A literal that is no JSON string (a chunk
// that was cut) is left out.
std::string Literals(std::string_view html, std::string_view opening) {
  std::string joined;
  for (std::size_t at = 0; (at = html.find(opening, at)) != std::string_view::npos;) {
    at += opening.size();
    const std::string_view rest = SkipSpace(html.substr(at));
    if (!rest.starts_with('"')) continue;
    const std::string_view literal = Literal(rest);
    if (literal.empty()) break;  // does not end, so that none can follow
    at = static_cast<std::size_t>(literal.data() + literal.size() - html.data());
    const auto value = ParseJson(literal);
    if (!value.ok()) continue;
    if (const json::string* text = value->if_string()) joined.append(text->data(), text->size());
  }
  return joined;
}

}  // namespace

std::string NextChunks(std::string_view html) {
  return Literals(html, "self.__next_f.push([1,");
}

std::string StreamChunks(std::string_view html) {
  return Literals(html, "streamController.enqueue(");
}

std::vector<json::value> ValuesOfKey(std::string_view text, std::string_view key) {
  const std::string name = fmt::format("\"{}\":", key);
  std::vector<json::value> values;
  for (std::size_t at = 0; (at = text.find(name, at)) != std::string_view::npos;) {
    at += name.size();
    auto value = ParseJsonPrefix(SkipSpace(text.substr(at)));
    if (!value.ok()) continue;
    DropUndefined(*value);
    values.push_back(*std::move(value));
    if (values.size() == kMaxValues) break;
  }
  return values;
}

std::string_view ScriptById(std::string_view html, std::string_view id) {
  for (const char quote : {'"', '\''}) {
    const std::string attribute = fmt::format("id={}{}{}", quote, id, quote);
    const std::size_t at = html.find(attribute);
    if (at == std::string_view::npos) continue;
    const std::size_t begin = html.find('>', at);
    if (begin == std::string_view::npos) continue;
    const std::size_t end = html.find("</script", begin);
    if (end == std::string_view::npos) continue;
    return html.substr(begin + 1, end - begin - 1);
  }
  return {};
}

void DropUndefined(json::value& value) {
  if (const json::string* text = value.if_string()) {
    if (*text == "$undefined") value = nullptr;
  } else if (json::array* array = value.if_array()) {
    for (json::value& member : *array) DropUndefined(member);
  } else if (json::object* object = value.if_object()) {
    for (auto& member : *object) DropUndefined(member.value());
  }
}

}  // namespace fails::platforms
