// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace fails::gateway {

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // without its framing

  std::string Header(const std::string& name) const;
};

// A TCP connection to 127.0.0.1 on which a test may say whatever it likes, right or wrong. Every
// read gives up after half a minute, as a bound against hanging.
class HttpConnection {
 public:
  explicit HttpConnection(int port);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  // False when the other side has closed.
  bool Send(std::string_view bytes);
  void EndSending();

  // The next answer; absent when the connection ends before one is complete. `to_head`: no body
  // follows.
  std::optional<HttpAnswer> Read(bool to_head = false);
  // The status line and the fields only, for a body that does not end.
  std::optional<HttpAnswer> ReadHead();
  // The next piece of a chunked body, or "" at the end.
  std::string ReadChunk();
  // The rest of a chunked body; absent when the connection ends before the last chunk.
  std::optional<std::string> ReadBody();
  // Whether the other side closes and sends nothing before.
  bool ReadEnd();

 private:
  bool Fill();
  bool FillTo(std::size_t size);
  std::optional<std::string> TakeLine();
  std::optional<std::string> TakeChunk();

  int fd_ = -1;
  std::string buffer_;
};

// One request on a connection of its own. `fields`: further header lines, each with its "\r\n".
std::optional<HttpAnswer> Get(int port, std::string_view target, std::string_view fields = {},
                              std::string_view method = "GET");

}  // namespace fails::gateway
