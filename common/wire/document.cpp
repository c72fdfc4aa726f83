// SPDX-License-Identifier: Apache-2.0
#include "common/wire/document.h"

#include <fmt/format.h>
#include <zstd.h>

#include <stdexcept>

#include "common/base/hash.h"

namespace fails::wire {
namespace {

constexpr int kCompressionLevel = 6;

}  // namespace

void SetBody(v1::RawDocument& document, std::string_view body) {
  std::string packed(ZSTD_compressBound(body.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), body.data(), body.size(), kCompressionLevel);
  if (ZSTD_isError(size)) throw std::runtime_error(ZSTD_getErrorName(size));  // only out of memory
  packed.resize(size);
  document.set_body_zstd(std::move(packed));
  document.set_body_size(static_cast<std::int64_t>(body.size()));
  document.set_body_sha256(Sha256(body));
}

absl::StatusOr<std::string> Body(const v1::RawDocument& document, std::int64_t max_bytes) {
  if (document.body_size() < 0 || document.body_size() > max_bytes) {
    return absl::ResourceExhaustedError(
        fmt::format("a body of {} bytes is over the limit of {}", document.body_size(), max_bytes));
  }
  std::string body(static_cast<std::size_t>(document.body_size()), '\0');
  const std::string& packed = document.body_zstd();
  const std::size_t size = ZSTD_decompress(body.data(), body.size(), packed.data(), packed.size());
  if (ZSTD_isError(size)) {
    return absl::DataLossError(fmt::format("broken body: {}", ZSTD_getErrorName(size)));
  }
  if (size != body.size() || Sha256(body) != document.body_sha256()) {
    return absl::DataLossError("the body differs from its size or hash");
  }
  return body;
}

std::string MessageId(const v1::RawDocument& document) {
  return ToHex(Sha256(fmt::format("{}\n{}\n{}.{}\n{}", document.page(), document.url(),
                                  document.fetched_at().seconds(), document.fetched_at().nanos(),
                                  ToHex(document.body_sha256()))));
}

std::string RawSubject(const v1::RawDocument& document) {
  return fmt::format("fails.raw.v1.{}.{}", document.platform(), document.page());
}

}  // namespace fails::wire
