// SPDX-License-Identifier: Apache-2.0
#include "common/obs/json_text.h"

#include <string>
#include <string_view>

#include "common/base/utf8.h"

namespace fails::obs {

std::string EscapeJson(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : RepairUtf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        escaped += "\\\"";
        break;
      case '\\':
        escaped += "\\\\";
        break;
      case '\n':
        escaped += "\\n";
        break;
      case '\r':
        escaped += "\\r";
        break;
      case '\t':
        escaped += "\\t";
        break;
      default:
        if (byte >= 0x20 && byte != 0x7F) {
          escaped += c;
        } else {
          escaped += "\\u00";
          escaped += kHex[byte >> 4];
          escaped += kHex[byte & 15];
        }
    }
  }
  return escaped;
}

}  // namespace fails::obs
