// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nats/nats.h>

#include <cstdint>

namespace fails::bus {

// One natsConnection, which reconnects by itself, with its JetStream context. For this folder only:
// hold it as long as anything made from it lives.
struct Session {
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  natsConnection* connection = nullptr;
  jsCtx* jetstream = nullptr;
  std::uint64_t number = 0;  // of this session in its Connection, from 1
};

}  // namespace fails::bus
