// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/http/headers.h"

namespace fails::http {

struct Request {
  std::string url;  // http or https only, also after redirects
  std::vector<std::pair<std::string, std::string>> headers = {};
  absl::Duration timeout = absl::Seconds(20);
  std::int64_t max_body_bytes = 16 << 20;     // after decompression
  int max_redirects = 5;                      // 0: a redirect is the response
  std::optional<std::string> post_body = {};  // POST it; absent: GET
};

struct Response {
  int status = 0;
  std::string effective_url;  // after redirects
  Headers headers;            // of the last response
  std::string body;           // decompressed
  // First header of that lower-case name, or empty.
  std::string Header(std::string_view name) const { return std::string(headers.Get(name)); }
};

// Any number of transfers in one thread (libcurl multi), at most eight connections to one host; the
// others wait, within their timeout. Thread-safe.
class Client {
 public:
  // Called once, on the client's thread: keep it short, and let nothing escape. Errors: UNAVAILABLE
  // (no connection, TLS, truncated or undecodable body, too many redirects), DEADLINE_EXCEEDED,
  // RESOURCE_EXHAUSTED (body over the cap), INVALID_ARGUMENT (URL or header that cannot be sent,
  // scheme, also of a redirect), CANCELLED (client stopped), each saying what in words. An HTTP
  // error status is a Response.
  using Done = std::function<void(absl::StatusOr<Response>)>;

  explicit Client(std::string user_agent);
  ~Client();  // cancels what is under way; every Done has been called when it returns

  void Fetch(Request request, Done done);
  // Blocks; not from a Done.
  absl::StatusOr<Response> FetchAndWait(Request request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::http
