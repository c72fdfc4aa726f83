// SPDX-License-Identifier: Apache-2.0
#include "common/http/headers.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/base/text.h"

namespace fails::http {
namespace {

struct Field {
  std::string_view name;
  std::string_view value;
};

// Takes the first line off the text.
Field TakeField(std::string_view& text) {
  const std::size_t colon = text.find(':');
  const std::size_t end = text.find('\n', colon);
  const Field field{text.substr(0, colon), text.substr(colon + 1, end - colon - 1)};
  text.remove_prefix(end + 1);
  return field;
}

}  // namespace

void Headers::AddLine(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const auto value = absl::StripAsciiWhitespace(Absl(line.substr(colon + 1)));
  if (line.substr(0, colon).find('\n') != std::string_view::npos ||
      value.find('\n') != absl::string_view::npos) {
    return;
  }
  std::ranges::transform(line.substr(0, colon), std::back_inserter(text_), absl::ascii_tolower);
  text_ += ':';
  text_.append(value.data(), value.size());
  text_ += '\n';
}

std::string_view Headers::Get(std::string_view name) const {
  for (std::string_view rest = text_; !rest.empty();) {
    const Field field = TakeField(rest);
    if (field.name == name) return field.value;
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> Headers::All() const {
  std::vector<std::pair<std::string, std::string>> fields;
  for (std::string_view rest = text_; !rest.empty();) {
    const Field field = TakeField(rest);
    fields.emplace_back(field.name, field.value);
  }
  return fields;
}

}  // namespace fails::http
