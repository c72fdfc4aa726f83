// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "services/gateway/http/deadline.h"
#include "services/gateway/http/request_reader.h"
#include "services/gateway/http/server.h"

namespace fails::gateway::http {

// One client's connection: request, answer, request … until one side has enough. Everything on its
// socket's thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, const Limits& limits, RequestHandler& handler);

  // Runs until the connection is closed, then calls `done`. `over_limit`: answers 503 and closes.
  void Start(bool over_limit, std::function<void()> done);

  // Answers what is under way and closes; at once when nothing is, or when it streams.
  void Drain();
  // Drops whatever is under way.
  void Abort();

 private:
  enum class Phase { kReading, kAnswering, kStreaming };

  Task<void> Run(bool over_limit);
  Task<void> Serve();
  Task<bool> ServeOne(std::variant<Incoming, Refusal, Closed> outcome);
  Task<void> Answer(const Request& request, std::optional<Response>& response);
  Task<bool> Send(Response response, bool keep_alive, bool http_1_0);
  Task<bool> WriteAll(std::string_view bytes);
  Task<void> SendStream(BodyStream& stream, bool chunked);
  Task<void> UntilClientGone();
  Task<void> UntilStreamClientGone();
  Task<void> Linger();

  boost::asio::ip::tcp::socket socket_;
  const Limits& limits_;
  RequestHandler& handler_;
  const std::string client_;
  Deadline deadline_;
  RequestReader reader_;
  boost::asio::cancellation_signal cancel_;
  Phase phase_ = Phase::kReading;
  bool draining_ = false;
};

}  // namespace fails::gateway::http
