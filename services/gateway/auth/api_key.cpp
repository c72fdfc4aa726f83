// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/auth/api_key.h"

#include <openssl/crypto.h>

#include "absl/strings/match.h"
#include "common/base/hash.h"
#include "common/base/text.h"

namespace fails::gateway {
namespace {

constexpr std::string_view kScheme = "Bearer ";

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Problem Unauthorized(std::string detail) {
  Problem problem{.status = 401, .detail = std::move(detail)};
  problem.headers.Set("WWW-Authenticate", kChallenge);
  return problem;
}

}  // namespace

ApiKey::ApiKey(std::string_view key) {
  if (!Trimmed(key).empty()) digest_ = Sha256(Trimmed(key));
}

std::optional<Problem> ApiKey::Check(const http::Headers& headers) const {
  if (digest_.empty()) {
    return Problem{.status = 403,
                   .detail = "this gateway has no administrator's key (FAILS_ADMIN_KEY)"};
  }
  if (headers.Count("Authorization") > 1) {
    return Unauthorized("more than one Authorization field");
  }
  const std::string_view given = headers.Get("Authorization");
  if (given.empty()) {
    return Unauthorized("this needs the administrator's key: Authorization: Bearer <key>");
  }
  if (!absl::StartsWithIgnoreCase(Absl(given), Absl(kScheme))) {
    return Unauthorized("the key travels as Authorization: Bearer <key>");
  }
  // Digests are of one length, whatever was sent.
  const std::string digest = Sha256(Trimmed(given.substr(kScheme.size())));
  if (CRYPTO_memcmp(digest.data(), digest_.data(), digest_.size()) != 0) {
    return Unauthorized("this is not the administrator's key");
  }
  return std::nullopt;
}

}  // namespace fails::gateway
