// SPDX-License-Identifier: Apache-2.0
#include "common/bus/server_url.h"

#include <fmt/format.h>

#include <boost/url.hpp>

namespace fails::bus {

absl::StatusOr<std::string> CheckServerUrl(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (parsed.has_error()) return absl::InvalidArgumentError("the NATS address is no URL");
  const std::string scheme = parsed->scheme();
  if (scheme != "nats" && scheme != "tls") {
    return absl::InvalidArgumentError(
        fmt::format("the NATS address starts with {}://, not with nats://", scheme));
  }
  if (parsed->host().empty()) return absl::InvalidArgumentError("the NATS address has no host");
  if (parsed->has_port() && parsed->port_number() == 0) {
    return absl::InvalidArgumentError(
        fmt::format("the NATS address has port '{}'", std::string(parsed->port())));
  }
  if (!parsed->encoded_path().empty() && parsed->encoded_path() != "/") {
    return absl::InvalidArgumentError("the NATS address has a path");
  }
  return fmt::format("{}://{}", scheme, std::string(parsed->encoded_host_and_port()));
}

}  // namespace fails::bus
