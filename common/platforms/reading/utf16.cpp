// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/utf16.h"

#include <cstdint>

namespace fails::platforms {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

void AppendUtf8(std::uint32_t code, std::string& text) {
  const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

bool IsHigh(std::uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool IsLow(std::uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

std::optional<std::string> FromUtf16(std::string_view bytes) {
  const bool big = bytes.starts_with("\xFE\xFF");
  if (!big && !bytes.starts_with("\xFF\xFE")) return std::nullopt;
  bytes.remove_prefix(2);
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big ? (first << 8) | second : (second << 8) | first;
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    std::uint32_t code = unit(at);
    at += 2;
    if (IsHigh(code) && at + 1 < bytes.size() && IsLow(unit(at))) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(at) - 0xDC00);
      at += 2;
    } else if (IsHigh(code) || IsLow(code)) {
      code = kReplacement;
    }
    AppendUtf8(code, text);
  }
  if (at < bytes.size()) AppendUtf8(kReplacement, text);
  return text;
}

}  // namespace fails::platforms
