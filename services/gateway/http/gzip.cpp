// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/gzip.h"

#include <zlib.h>

#include <new>

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

}  // namespace fails::gateway::http
