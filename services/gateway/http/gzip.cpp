// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/gzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <new>

#include "absl/cleanup/cleanup.h"

namespace fails::gateway::http {

std::string Gzip(std::string_view text, GzipLevel level) {
  z_stream stream{};
  constexpr int kGzipWrapper = 16;
  if (deflateInit2(&stream, static_cast<int>(level), Z_DEFLATED, MAX_WBITS + kGzipWrapper, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();  // the arguments are right, so there is only this reason
  }
  // One call is enough: the output has room for the worst case.
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

absl::StatusOr<std::string> Gunzip(std::string_view packed, std::size_t max_bytes) {
  constexpr std::size_t kStep = 256 << 10;
  z_stream stream{};
  constexpr int kGzipWrapper = 16;
  if (inflateInit2(&stream, MAX_WBITS + kGzipWrapper) != Z_OK) throw std::bad_alloc();
  const auto end = absl::MakeCleanup([&stream] { inflateEnd(&stream); });
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  for (int result = Z_OK; result != Z_STREAM_END;) {
    if (out.size() > max_bytes) {
      return absl::ResourceExhaustedError(
          fmt::format("the file is longer than {} bytes when it is unpacked", max_bytes));
    }
    const std::size_t size = out.size();
    out.resize(size + kStep);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + size);
    stream.avail_out = static_cast<uInt>(kStep);
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    const bool stuck =
        result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0);
    if (stuck) return absl::InvalidArgumentError("the gzip body ends too early");
    if (result != Z_OK && result != Z_STREAM_END) {
      return absl::InvalidArgumentError("the body is not gzip");
    }
  }
  if (stream.avail_in > 0) return absl::InvalidArgumentError("something follows the gzip body");
  if (out.size() > max_bytes) {
    return absl::ResourceExhaustedError(
        fmt::format("the file is longer than {} bytes when it is unpacked", max_bytes));
  }
  return out;
}

}  // namespace fails::gateway::http
