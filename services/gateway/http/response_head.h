// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/gateway/http/message.h"

namespace fails::gateway::http {

struct Framing {
  bool keep_alive = true;
  bool chunked = false;  // for a stream to an HTTP/1.1 client
};

// The head of an answer up to and with the empty line. Line breaks within a value become spaces, so
// that no value can begin a field of its own.
std::string ResponseHead(const Response& response, const Framing& framing, absl::Time now);

}  // namespace fails::gateway::http
