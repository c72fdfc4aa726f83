// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>

namespace fails::gateway::http {

// A coroutine that runs on its connection's thread. Cancelled at its next co_await when the client
// has gone.
template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace fails::gateway::http
