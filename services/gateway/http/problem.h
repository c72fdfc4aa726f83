// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/gateway/http/message.h"

namespace fails::gateway {

// What is wrong with one parameter.
struct FieldError {
  std::string field;
  std::string value;
  std::string message;

  friend bool operator==(const FieldError&, const FieldError&) = default;
};

// An error as clients see it: application/problem+json (RFC 9457).
struct Problem {
  int status = 500;
  std::string detail{};
  std::vector<FieldError> errors{};
  http::Headers headers{};  // sent with it: Allow, Retry-After

  // What another process answered. Text that belongs to our side only (INTERNAL, UNKNOWN,
  // DATA_LOSS) is not passed on.
  static Problem FromStatus(const absl::Status& status);
  static Problem BadRequest(std::string detail);
  static Problem NotFound(std::string detail);
};

// `request_id` goes into `instance`, so that a reader of a problem finds the lines of our log.
http::Response ToResponse(const Problem& problem, std::string_view request_id);

// The one table: how a status code of ours or of gRPC reads in HTTP.
int HttpStatusOf(absl::StatusCode code);

}  // namespace fails::gateway
