// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common/obs/log.h"
#include "common/outbox/outbox.h"
#include "common/pg/query.h"

namespace fails::outbox {

void Enqueue(pqxx::work& tx, std::string_view schema, std::string_view subject,
             std::string_view payload) {
  Enqueue(tx, schema, {{std::string(subject), std::string(payload)}});
}

void Enqueue(pqxx::work& tx, std::string_view schema, const std::vector<Message>& messages) {
  if (messages.empty()) return;
  std::vector<std::string> subjects, payloads;
  for (const Message& message : messages) {
    subjects.push_back(message.subject);
    payloads.push_back(message.payload);
  }
  const std::string name(schema);
  // The notification reaches a relay when, and only if, the transaction commits.
  const std::string sql = fmt::format(
      "WITH rows AS (INSERT INTO {}.outbox (subject, payload, traceparent)"
      " SELECT subject, payload, $3 FROM unnest($1::text[], $2::text[]) WITH ORDINALITY"
      " AS new (subject, payload, place) ORDER BY place)"
      " SELECT pg_notify($4, '')",
      tx.quote_name(name));
  const std::string query = fmt::format("outbox_enqueue_{}", schema);  // of each schema its own
  pg::Exec(tx, {query.c_str(), sql.c_str(), /*prepared=*/true}, subjects, payloads,
           obs::CurrentTraceparent(), name + "_outbox");
}

}  // namespace fails::outbox
