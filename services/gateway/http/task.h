// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>

// From -O1 on, g++ 12 inlines half of the pair of allocation functions that Asio gives to coroutine
// frames, and then takes the two halves for a mismatch. Everything that includes this file has such
// frames.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace fails::gateway::http {

// A coroutine that runs on its connection's thread. Cancelled at its next co_await when the client
// has gone.
template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace fails::gateway::http
