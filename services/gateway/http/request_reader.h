// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <variant>

#include "services/gateway/http/deadline.h"
#include "services/gateway/http/server.h"

namespace fails::gateway::http {

struct Incoming {
  Request request;
  bool keep_alive = false;
  bool http_1_0 = false;
};

// The client went, or said nothing for too long: there is nobody to answer.
struct Closed {};

// Reads requests off a connection, one after the other (what was pipelined stays for the next
// call). The only room that includes Beast.
class RequestReader {
 public:
  // `handler` is asked about bodies.
  RequestReader(boost::asio::ip::tcp::socket& socket, Deadline& deadline, const Limits& limits,
                RequestHandler& handler, std::string client);
  ~RequestReader();

  // `idle` bounds the wait for the first byte. After a Refusal the connection can only be closed:
  // where the next request would begin is not known.
  Task<std::variant<Incoming, Refusal, Closed>> Next(absl::Duration idle);

  // True from the first byte of a request until Next returns.
  bool busy() const;
  // Whether bytes of a further request are here already.
  bool has_pending() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::gateway::http
