// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/obs/log.h"
#include "services/gateway/http/body_stream.h"
#include "services/gateway/http/message.h"
#include "services/gateway/upstream/message_stream.h"

namespace fails::gateway {

// The portions of an export as the body of an answer. Holds one of them at a time; the other
// process waits until it is taken. A call that fails half-way leaves the body broken.
template <class Portion>
class ExportStream final : public http::BodyStream {
 public:
  using Format = std::function<std::string(const Portion&)>;

  // `head`: what the file begins with. `first`: taken already; absent when the export is empty.
  ExportStream(std::unique_ptr<MessageStream<Portion>> portions, std::optional<Portion> first,
               std::string head, Format format)
      : portions_(std::move(portions)),
        portion_(std::move(first)),
        text_(std::move(head)),
        format_(std::move(format)),
        ended_(!portion_) {}

  http::Task<http::SharedBytes> Next() override {
    for (;;) {
      if (portion_) {
        text_ += format_(*portion_);
        portion_.reset();
      }
      if (!text_.empty()) co_return http::Bytes(std::exchange(text_, std::string()));
      if (ended_) co_return nullptr;
      co_await Advance();
    }
  }

  bool broken() const override { return broken_; }

 private:
  http::Task<void> Advance() {
    auto next = co_await portions_->Next();
    if (next.ok()) {
      portion_ = *std::move(next);
      ended_ = !portion_;
    } else {
      spdlog::warn("an export breaks off: {}", next.status().ToString());
      broken_ = ended_ = true;
    }
  }

  std::unique_ptr<MessageStream<Portion>> portions_;
  std::optional<Portion> portion_;
  std::string text_;
  const Format format_;
  bool ended_;
  bool broken_ = false;
};

}  // namespace fails::gateway
