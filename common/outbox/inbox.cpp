// SPDX-License-Identifier: Apache-2.0
#include "common/outbox/inbox.h"

#include <fmt/format.h>

#include "common/pg/query.h"

namespace fails::outbox {

bool MarkHandled(pqxx::work& tx, std::string_view schema, std::string_view consumer,
                 std::string_view message_id) {
  const std::string sql = fmt::format(
      "INSERT INTO {}.inbox (consumer, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
      tx.quote_name(std::string(schema)));
  const std::string query = fmt::format("inbox_mark_{}", schema);  // of each schema its own
  return pg::Exec(tx, {query.c_str(), sql.c_str(), /*prepared=*/true}, consumer, message_id)
             .affected_rows() == 1;
}

}  // namespace fails::outbox
