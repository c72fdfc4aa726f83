// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/http/gzip_stream.h"

#include <zlib.h>

#include <new>
#include <utility>

#include "services/gateway/http/gzip.h"
#include "services/gateway/http/message.h"

namespace fails::gateway::http {
namespace {

class Deflater {
 public:
  Deflater() {
    constexpr int kGzipWrapper = 16;
    if (deflateInit2(&stream_, static_cast<int>(GzipLevel::kFast), Z_DEFLATED,
                     MAX_WBITS + kGzipWrapper, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();  // the arguments are right, so there is only this reason
    }
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // What is ready after `text`; often nothing yet. `flush`: Z_NO_FLUSH, at the end Z_FINISH.
  std::string Add(const std::string& text, int flush) {
    constexpr std::size_t kStep = 64 << 10;
    std::string out;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      const std::size_t before = out.size();
      out.resize(before + kStep);
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      stream_.avail_out = kStep;
      deflate(&stream_, flush);
      out.resize(before + kStep - stream_.avail_out);
    } while (stream_.avail_out == 0);
    return out;
  }

 private:
  z_stream stream_{};
};

class Compressed final : public BodyStream {
 public:
  explicit Compressed(std::unique_ptr<BodyStream> plain) : plain_(std::move(plain)) {}

  Task<SharedBytes> Next() override {
    while (!ended_) {
      const SharedBytes piece = co_await plain_->Next();
      ended_ = piece == nullptr;
      if (ended_ && plain_->broken()) break;
      std::string out = ended_ ? deflater_.Add({}, Z_FINISH) : deflater_.Add(*piece, Z_NO_FLUSH);
      if (!out.empty()) co_return Bytes(std::move(out));
    }
    co_return nullptr;
  }
  bool broken() const override { return plain_->broken(); }
  void Stalled() override { plain_->Stalled(); }

 private:
  const std::unique_ptr<BodyStream> plain_;
  Deflater deflater_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<BodyStream> GzipStream(std::unique_ptr<BodyStream> plain) {
  return std::make_unique<Compressed>(std::move(plain));
}

}  // namespace fails::gateway::http
