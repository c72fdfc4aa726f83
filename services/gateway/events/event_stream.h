// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "absl/time/time.h"
#include "services/gateway/events/hub.h"
#include "services/gateway/events/replay.h"
#include "services/gateway/http/body_stream.h"

namespace fails::gateway {

// One subscriber: first what it missed (from the hub's ring, or from the stored stream when that is
// too long ago), then what happens, each matching event exactly once and in order; a comment
// whenever nothing came for a while.
//
// It holds no events of its own beyond a few that are about to be sent. It reads on in the shared
// ring at its own speed; a subscriber that was up to date and falls behind the ring's oldest event
// is too slow, and dropped.
class EventStream final : public http::BodyStream {
 public:
  struct Options {
    absl::Duration heartbeat = absl::Seconds(15);
    absl::Duration replay_retry = absl::Seconds(1);
  };

  // `after`: the last sequence that the subscriber has seen; absent for one that begins now. Hub
  // and pool outlive it.
  EventStream(boost::asio::any_io_executor executor, Hub& hub, ReplayPool& pool, EventFilter filter,
              std::optional<std::uint64_t> after, Options options);
  ~EventStream() override;

  http::Task<http::SharedBytes> Next() override;
  void Stalled() override;

 private:
  using TimePoint = boost::asio::steady_timer::time_point;

  http::SharedBytes Greet();
  void Join();
  http::Task<void> AwaitPosition();
  http::Task<void> Fill();
  http::Task<void> FillFromStream(std::uint64_t base);
  void Drop(const char* why);

  Hub& hub_;
  ReplayPool& pool_;
  const EventFilter filter_;
  const Options options_;
  const std::shared_ptr<Waker> waker_;
  const bool from_now_;                        // without a place to resume from
  const bool early_;                           // it came before the hub had reached the stream
  std::optional<std::uint64_t> cursor_;        // the last sequence seen
  std::optional<std::uint64_t> generation_{};  // of the stream; absent before it has joined
  std::unique_ptr<ReplayPool::Reader> replay_{};
  std::deque<http::SharedBytes> ready_{};
  TimePoint heartbeat_at_;
  bool greeted_ = false;
  bool up_to_date_ = false;  // it has once reached the ring
  bool ended_ = false;
};

}  // namespace fails::gateway
