// SPDX-License-Identifier: Apache-2.0
// Whatever file somebody hands in, it is cut into documents or refused, and a document of it that
// is no larger than asked for is read. FAILS_FUZZ_TARGET names the format; --list prints all. The
// first byte of an input chooses how large documents may be.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/platforms/import_format.h"
#include "common/platforms/registry.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/kinds.h"

namespace {

using fails::platforms::ImportFormat;
using fails::platforms::Platform;

const ImportFormat* format = nullptr;
const Platform* platform = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc > 1 && std::strcmp((*argv)[1], "--list") == 0) {
    for (const ImportFormat* one : fails::platforms::AllImportFormats()) {
      std::printf("%.*s\n", static_cast<int>(one->id().size()), one->id().data());
    }
    std::exit(0);
  }
  const char* name = std::getenv("FAILS_FUZZ_TARGET");
  format = fails::platforms::FindImportFormat(name ? name : "");
  platform = fails::platforms::Find(name ? name : "");
  if (!format || !platform) {
    std::fprintf(stderr, "FAILS_FUZZ_TARGET='%s' is no import format\n", name ? name : "");
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t max_bytes = std::size_t{64} << (data[0] % 12);
  const std::string_view file(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto documents = format->Split(file, max_bytes);
  if (!documents.ok()) {
    FUZZ_EXPECT(documents.status().code() == absl::StatusCode::kInvalidArgument,
                documents.status().ToString().c_str());
    return 0;
  }
  for (const fails::platforms::ImportPiece& piece : *documents) {
    FUZZ_EXPECT(piece.bytes.size() <= max_bytes, "larger than asked for");
    const std::string url = fails::platforms::PieceUrl(fails::fuzz::kBaseUrl, 1, piece);
    const fails::platforms::DocumentView document{"import", url, format->content_type(),
                                                  piece.bytes, fails::fuzz::Now()};
    const auto parsed = platform->Parse(document);
    FUZZ_EXPECT(parsed.ok() || parsed.status().code() == absl::StatusCode::kInvalidArgument,
                parsed.status().ToString().c_str());
    if (!parsed.ok()) continue;
    for (const fails::Report& report : parsed->reports) {
      FUZZ_EXPECT(!report.native_id.empty(), "a report without an id");
    }
  }
  return 0;
}
