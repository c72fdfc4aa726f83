// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "services/gateway/http/task.h"

namespace fails::gateway {

// Lets one coroutine sleep until another thread has something for it. A wake-up that comes before
// the sleep is not lost.
class Waker : public std::enable_shared_from_this<Waker> {
 public:
  explicit Waker(boost::asio::any_io_executor executor);

  // Thread-safe.
  void Wake();
  // On the executor's thread. Returns when woken or when `until` has come.
  http::Task<void> Sleep(boost::asio::steady_timer::time_point until);

 private:
  boost::asio::steady_timer timer_;
  bool woken_ = false;  // of the executor's thread
};

}  // namespace fails::gateway
