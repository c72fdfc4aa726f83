// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/gateway/http/body_stream.h"

namespace fails::gateway::http {

// Header fields in the order in which they came or go. Names are compared without regard to case.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void Add(std::string name, std::string value);
  // Replaces every field of that name.
  void Set(std::string_view name, std::string value);
  // The first value, or empty.
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  std::size_t Count(std::string_view name) const;

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<Field> fields_;
};

struct Request {
  std::string method;
  std::string target;  // as it was sent; never empty
  Headers headers;
  std::string body;
  std::string client;  // the peer's address, without port
};

struct Response {
  int status = 200;
  Headers headers{};        // without Content-Length, Date, Connection: the connection adds them
  SharedBytes body{};       // null: none
  SharedBytes gzip_body{};  // the same, compressed beforehand; optional
  std::unique_ptr<BodyStream> stream{};  // sent after the head until it ends, in place of `body`
  bool omit_body = false;  // the answer to HEAD: Content-Length tells, nothing follows
};

SharedBytes Bytes(std::string text);

// The reason phrase of a status code: "Not Found".
std::string_view ReasonPhrase(int status);

}  // namespace fails::gateway::http
