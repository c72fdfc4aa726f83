// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/bus/stream_reader.h"
#include "services/gateway/http/body_stream.h"

namespace fails::gateway {

// One stored event: what filters look at, and the frame that every subscriber shares.
struct Event {
  std::uint64_t sequence = 0;
  std::string type;  // "fails.incident.opened", "fails.service.status_changed"
  std::string provider;
  std::vector<std::string> services;  // that the incident affects, or the one it is about
  http::SharedBytes frame;
};

// INVALID_ARGUMENT when the payload is no CloudEvent about an incident or a service.
absl::StatusOr<Event> ParseEvent(const bus::StoredMessage& message);

// A server-sent event (WHATWG HTML, 9.2). `data` is one line of JSON.
std::string EventFrame(std::uint64_t id, std::string_view type, std::string_view data);

// The first thing a subscriber hears: the stream is open, when to come back, and (unless absent)
// from where.
std::string HelloFrame(const std::uint64_t* id);
std::string HeartbeatFrame();

// Which events a subscriber wants; an empty list wants all.
struct EventFilter {
  std::vector<std::string> providers;
  std::vector<std::string> services;
  std::vector<std::string> types;

  bool Matches(const Event& event) const;
};

}  // namespace fails::gateway
