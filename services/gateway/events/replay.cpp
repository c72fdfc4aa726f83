// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/replay.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace fails::gateway {
namespace {

namespace asio = boost::asio;

constexpr int kBatch = 256;
constexpr absl::Duration kWait = absl::Seconds(2);

// Calls `blocking` on the pool and continues on the caller's executor.
template <class Blocking>
auto RunOn(asio::thread_pool& pool, Blocking& blocking) -> http::Task<decltype(blocking())> {
  co_return co_await asio::co_spawn(
      pool, [&blocking]() -> http::Task<decltype(blocking())> { co_return blocking(); },
      asio::use_awaitable);
}

}  // namespace

ReplayPool::ReplayPool(EventSource& source, int threads)
    : source_(source), threads_(static_cast<std::size_t>(threads)) {}

ReplayPool::~ReplayPool() {
  threads_.join();
}

http::Task<absl::StatusOr<bus::StreamBounds>> ReplayPool::Bounds() {
  auto blocking = [this] { return source_.Bounds(); };
  co_return co_await RunOn(threads_, blocking);
}

ReplayPool::Reader::Reader(ReplayPool& pool, std::uint64_t first_sequence)
    : pool_(pool), first_sequence_(first_sequence) {}

ReplayPool::Reader::~Reader() {
  if (!reader_) return;
  asio::post(pool_.threads_, [reader = std::move(reader_)]() mutable { reader.reset(); });
}

http::Task<absl::StatusOr<std::vector<bus::StoredMessage>>> ReplayPool::Reader::Next() {
  auto blocking = [this] {
    if (!reader_) reader_ = pool_.source_.Open(first_sequence_);
    return reader_->Next(kBatch, kWait);
  };
  co_return co_await RunOn(pool_.threads_, blocking);
}

}  // namespace fails::gateway
