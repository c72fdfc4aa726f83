// SPDX-License-Identifier: Apache-2.0
#include "common/outbox/statements.h"

#include <fmt/format.h>

namespace fails::outbox {
namespace {

std::string Doubled(const std::string& text, char quote) {
  std::string result;
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result;
}

}  // namespace

Statements::Statements(const std::string& schema) {
  const std::string table = fmt::format("\"{}\".outbox", Doubled(schema, '"'));
  const std::string inbox = fmt::format("\"{}\".inbox", Doubled(schema, '"'));
  lock_ = fmt::format("SELECT pg_try_advisory_xact_lock(hashtext('outbox'), hashtext('{}'))",
                      Doubled(schema, '\''));
  select_ = fmt::format(
      "SELECT id, subject, payload, traceparent FROM {} WHERE published_at IS NULL ORDER BY id"
      " LIMIT $1",
      table);
  mark_ = fmt::format("UPDATE {} SET published_at = clock_timestamp() WHERE id = ANY($1::bigint[])",
                      table);
  count_ = fmt::format("SELECT count(*) FROM {} WHERE published_at IS NULL", table);
  clean_ = fmt::format(
      "DELETE FROM {0} WHERE id IN (SELECT id FROM {0} WHERE published_at < $1::timestamptz"
      " LIMIT $2)",
      table);
  clean_inbox_ = fmt::format(
      "DELETE FROM {0} WHERE (consumer, message_id) IN (SELECT consumer, message_id FROM {0}"
      " WHERE handled_at < $1::timestamptz LIMIT $2)",
      inbox);
}

}  // namespace fails::outbox
