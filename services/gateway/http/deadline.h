// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>

#include "absl/time/time.h"

namespace fails::gateway::http {

// Cancels whatever the socket waits for when time is up, and leaves it open: a late client can
// still be told so (Beast's own tcp_stream would close it). Used on the socket's thread only.
class Deadline {
 public:
  explicit Deadline(boost::asio::ip::tcp::socket& socket)
      : state_(std::make_shared<State>(socket)) {}
  ~Deadline() { Disarm(); }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  void Arm(absl::Duration timeout) {
    Disarm();
    state_->expired = false;
    state_->timer.expires_after(absl::ToChronoMilliseconds(timeout));
    state_->timer.async_wait([state = state_, armed = state_->armed](boost::system::error_code) {
      if (armed != state->armed) return;  // disarmed, perhaps with the socket gone
      state->expired = true;
      boost::system::error_code ignored;  // a socket that is closed waits for nothing
      state->socket.cancel(ignored);
    });
  }
  void Disarm() {
    ++state_->armed;
    state_->timer.cancel();
  }
  bool expired() const { return state_->expired; }

 private:
  struct State {
    explicit State(boost::asio::ip::tcp::socket& socket)
        : socket(socket), timer(socket.get_executor()) {}
    boost::asio::ip::tcp::socket& socket;
    boost::asio::steady_timer timer;
    std::uint64_t armed = 0;  // grows with each Arm and Disarm: tells a late wake-up from a due one
    bool expired = false;
  };
  std::shared_ptr<State> state_;
};

}  // namespace fails::gateway::http
