// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/events/waker.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace fails::gateway {

namespace asio = boost::asio;

Waker::Waker(asio::any_io_executor executor) : timer_(std::move(executor)) {}

void Waker::Wake() {
  asio::post(timer_.get_executor(), [self = shared_from_this()] {
    self->woken_ = true;
    self->timer_.cancel();
  });
}

http::Task<void> Waker::Sleep(asio::steady_timer::time_point until) {
  if (!woken_) {
    timer_.expires_at(until);
    auto [cancelled] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    (void)cancelled;  // woken, due, or the connection's end: the caller looks again in any case
  }
  woken_ = false;
}

}  // namespace fails::gateway
