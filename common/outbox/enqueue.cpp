// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common/obs/log.h"
#include "common/outbox/outbox.h"
#include "common/pg/query.h"

namespace fails::outbox {

void Enqueue(pqxx::work& tx, std::string_view schema, std::string_view subject,
             std::string_view payload) {
  const std::string name(schema);
  // The notification reaches a relay when, and only if, the transaction commits.
  const std::string sql = fmt::format(
      "WITH row AS (INSERT INTO {}.outbox (subject, payload, traceparent) VALUES ($1, $2, $3))"
      " SELECT pg_notify($4, '')",
      tx.quote_name(name));
  pg::Exec(tx, {"outbox_enqueue", sql.c_str()}, subject, payload, obs::CurrentTraceparent(),
           name + "_outbox");
}

}  // namespace fails::outbox
