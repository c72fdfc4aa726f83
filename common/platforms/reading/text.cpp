// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/text.h"

#include <algorithm>
#include <charconv>

namespace fails::platforms {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool SameLetter(char a, char b) {
  return Lower(a) == Lower(b);
}

}  // namespace

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string ToLower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), Lower);
  return lower;
}

bool EqualsNoCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, SameLetter);
}

std::size_t FindNoCase(std::string_view text, std::string_view needle, std::size_t from) {
  if (from > text.size()) return std::string_view::npos;
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                 needle.begin(), needle.end(), SameLetter);
  if (found == text.end() && !needle.empty()) return std::string_view::npos;
  return static_cast<std::size_t>(found - text.begin());
}

std::vector<std::string_view> Words(std::string_view text, std::string_view separators) {
  const std::string breaks = std::string(kSpace) + std::string(separators);
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(breaks, at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(breaks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string HttpUrl(std::string_view text) {
  text = Trim(text);
  const std::string scheme = ToLower(text.substr(0, 8));
  if (!scheme.starts_with("https://") && !scheme.starts_with("http://")) return {};
  const bool odd = std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; });
  return odd ? std::string() : std::string(text);
}

std::optional<int> Number(std::string_view digits) {
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.front() == '-') {
    return std::nullopt;
  }
  return value;
}

}  // namespace fails::platforms
