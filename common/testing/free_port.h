// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace fails::testing {

// A TCP port of 127.0.0.1 that was free a moment ago.
std::uint16_t FreePort();
// Whether somebody listens there and says something at once, as nats-server does.
bool Greets(std::uint16_t port);

}  // namespace fails::testing
