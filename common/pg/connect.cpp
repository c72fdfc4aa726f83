// SPDX-License-Identifier: Apache-2.0
#include "common/pg/connect.h"

#include <fmt/format.h>

namespace fails::pg {
namespace {

// Deprecated for being discouraged, but there is no other way to forbid it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
void StayBroken(pqxx::connection& connection) {
  connection.inhibit_reactivation(true);
}
#pragma GCC diagnostic pop

}  // namespace

std::string WithTimeouts(const std::string& url) {
  std::string result = url;
  for (const char* parameter : {"connect_timeout=5", "keepalives_idle=20", "keepalives_interval=5",
                                "keepalives_count=3", "tcp_user_timeout=40000"}) {
    const std::string_view pair(parameter);
    if (result.find(pair.substr(0, pair.find('=') + 1)) != std::string::npos) continue;
    result += fmt::format("{}{}", result.find('?') == std::string::npos ? '?' : '&', pair);
  }
  return result;
}

std::unique_ptr<pqxx::connection> Connect(const std::string& url, const SessionSettings& settings) {
  auto connection = std::make_unique<pqxx::connection>(WithTimeouts(url));
  StayBroken(*connection);
  pqxx::nontransaction tx(*connection);
  tx.exec(
      fmt::format("SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET client_encoding TO 'UTF8';"
                  " SET statement_timeout TO {}; SET application_name TO {};"
                  " SET default_transaction_read_only TO {}",
                  absl::ToInt64Milliseconds(settings.statement_timeout),
                  tx.quote(settings.application_name), settings.read_only ? "on" : "off"));
  return connection;
}

}  // namespace fails::pg
