// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace fails::http {

// A server that answers with exactly the bytes it is told, right or wrong HTTP: one thread a
// connection, one request each, then the connection is closed. Listens on all of 127.0.0.0/8, so a
// test can have many hosts.
class RawServer {
 public:
  // Gets the request's head; returns what to send.
  using Handler = std::function<std::string(const std::string& head)>;

  explicit RawServer(Handler handler);
  ~RawServer();  // waits for the handlers

  std::string Url(const std::string& path = "/",
                  int host = 1) const;  // http://127.0.0.<host>:port/path

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::http
