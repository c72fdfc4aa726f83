// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/fuzz/kinds.h"

namespace fails::fuzz {

// An input of platform_fuzz that is this document: the byte of its kind, that of its content type,
// its bytes. Empty when the platform has no such kind.
inline std::string InputOf(const platforms::Platform& platform,
                           const platforms::DocumentView& document) {
  const auto requests = RequestsOfEachKind(platform);
  for (std::size_t kind = 0; kind < requests.size(); ++kind) {
    if (requests[kind].kind != document.kind) continue;
    char type = 0;
    for (std::size_t i = 0; i < kContentTypes.size(); ++i) {
      const std::string_view word = kContentTypes[i].substr(0, kContentTypes[i].find(';'));
      if (document.content_type.starts_with(word)) type = static_cast<char>(i);
    }
    return std::string{static_cast<char>(kind), type} + std::string(document.body);
  }
  return {};
}

// The name of the file says what the content decides.
inline void WriteSeed(const std::filesystem::path& folder, std::string_view kind,
                      const std::string& input) {
  constexpr std::size_t kMaxSeed = 16 << 10;
  if (input.empty() || input.size() > kMaxSeed) return;
  std::filesystem::create_directories(folder);
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : input) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  std::ofstream(folder / (std::string(kind) + "-" + std::to_string(hash)), std::ios::binary)
      << input;
}

// Keeps a golden document as a seed where FAILS_FUZZ_SEEDS names a folder, below the platform's
// name; one of an import format below import/ too, as a file that is cut into documents of 64 KiB.
inline void KeepSeed(const platforms::Platform& platform, const platforms::DocumentView& document) {
  const char* folder = std::getenv("FAILS_FUZZ_SEEDS");
  if (!folder) return;
  const std::filesystem::path root(folder);
  WriteSeed(root / std::string(platform.id()), document.kind, InputOf(platform, document));
  if (document.kind == kFileKind) {
    constexpr char kLargePieces = 10;
    WriteSeed(root / "import" / std::string(platform.id()), document.kind,
              kLargePieces + std::string(document.body));
  }
}

}  // namespace fails::fuzz
