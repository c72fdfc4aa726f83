// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/gateway/http/message.h"
#include "services/gateway/http/problem.h"

namespace fails::gateway {

// The administrator's key, which some routes ask for as `Authorization: Bearer <key>`. Immutable,
// thread-safe.
class ApiKey {
 public:
  // Empty: there is none, and those routes are closed to everybody.
  explicit ApiKey(std::string_view key);

  // Absent: the request carries the key. Else why it is turned away: 401, or 403 when no key is
  // configured. How long the answer takes says nothing about the key.
  std::optional<Problem> Check(const http::Headers& headers) const;

 private:
  std::string digest_;  // empty: no key
};

// RFC 9110: what a 401 says about how to do better.
inline constexpr char kChallenge[] = "Bearer realm=\"fails\"";

}  // namespace fails::gateway
