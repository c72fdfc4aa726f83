// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/listing/filter.h"

#include <fmt/format.h>

#include <string_view>

#include "common/base/time.h"

namespace fails::analytics {
namespace {

// Lengths in front, so that no text can pass for two others.
void Put(std::string& out, std::string_view text) {
  out += fmt::format("{}:{}", text.size(), text);
}

template <class Values, class ToText>
void PutAll(std::string& out, const Values& values, ToText to_text) {
  out += fmt::format("[{}]", values.size());
  for (const auto& value : values) Put(out, to_text(value));
}

}  // namespace

std::string IncidentFilter::Fingerprint() const {
  const auto same = [](const std::string& text) -> std::string_view { return text; };
  const auto word = [](auto level) { return ToString(level); };
  const auto time = [](const std::optional<absl::Time>& at) { return at ? ToRfc3339(*at) : ""; };
  std::string out;
  PutAll(out, providers, same);
  PutAll(out, services, same);
  PutAll(out, impacts, word);
  PutAll(out, statuses, word);
  Put(out, time(from));
  Put(out, time(to));
  Put(out, text);
  out += fmt::format("{}{}{}", include_withdrawn, ongoing ? (*ongoing ? "yes" : "no") : "any",
                     static_cast<int>(sort));
  return out;
}

}  // namespace fails::analytics
