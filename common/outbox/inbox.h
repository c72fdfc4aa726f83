// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <string>
#include <string_view>

namespace fails::outbox {

// Remembers which messages a transaction has handled: a unique key decides, not a set in memory.
// Table <schema>.inbox(consumer text, message_id text, handled_at timestamptz, primary key
// (consumer, message_id)). Returns false when the message was handled before: then change nothing
// and commit.
bool MarkHandled(pqxx::work& tx, std::string_view schema, std::string_view consumer,
                 std::string_view message_id);

}  // namespace fails::outbox
