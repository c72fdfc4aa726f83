// SPDX-License-Identifier: Apache-2.0
#include "common/pg/database_error.h"

#include <fmt/format.h>

#include <pqxx/pqxx>
#include <string>
#include <string_view>

namespace fails::pg {
namespace {

// One line, without the statement: it may hold what nobody should log.
std::string TextOf(const std::exception& error) {
  std::string text = error.what();
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

bool LosesConnection(std::string_view state) {
  return state.starts_with("08") ||                                   // connection
         state == "57P01" || state == "57P02" || state == "57P03" ||  // shut down, crash, starting
         state == "57P05";                                            // idle too long
}

absl::StatusCode CodeOf(std::string_view state) {
  const std::string_view kind = state.substr(0, 2);
  if (state == "57014") return absl::StatusCode::kDeadlineExceeded;  // statement_timeout
  // What a migration that is still to come will bring: table, schema, column, function, privilege.
  if (state == "42P01" || state == "3F000" || state == "42703" || state == "42883" ||
      state == "42501") {
    return absl::StatusCode::kUnavailable;
  }
  if (kind == "53" || state == "55P03") return absl::StatusCode::kUnavailable;  // resources, a lock
  // Data, constraints, what is too large for a row or an index.
  if (kind == "22" || kind == "23" || kind == "54") return absl::StatusCode::kInvalidArgument;
  return absl::StatusCode::kInternal;
}

}  // namespace

DatabaseError Classify(const std::exception& error, bool committing) {
  const std::string text = TextOf(error);
  const auto lost = [&] {
    if (!committing) return DatabaseError{absl::UnavailableError(text), true, true};
    return DatabaseError{
        absl::UnavailableError(fmt::format("whether it was committed is unknown: {}", text)), true,
        false};
  };
  if (dynamic_cast<const pqxx::in_doubt_error*>(&error) != nullptr ||
      dynamic_cast<const pqxx::statement_completion_unknown*>(&error) != nullptr) {
    return {absl::UnavailableError(fmt::format("whether it was committed is unknown: {}", text)),
            true, false};
  }
  if (dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr) return lost();
  if (dynamic_cast<const pqxx::transaction_rollback*>(&error) != nullptr) {
    return {absl::AbortedError(text), false, true};
  }
  if (dynamic_cast<const pqxx::insufficient_privilege*>(&error) != nullptr) {
    return {absl::UnavailableError(text), false, false};  // comes without its state
  }
  if (dynamic_cast<const pqxx::argument_error*>(&error) != nullptr) {
    return {absl::InvalidArgumentError(text), false, false};
  }
  // "cached plan must not change result type": a migration has come since the statement was
  // prepared. Another connection prepares it anew.
  if (dynamic_cast<const pqxx::feature_not_supported*>(&error) != nullptr) return lost();
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error)) {
    const std::string& state = sql->sqlstate();
    if (LosesConnection(state)) return lost();
    if (state == "40001" || state == "40P01") return {absl::AbortedError(text), false, true};
    return {absl::Status(CodeOf(state), fmt::format("{} [{}]", text, state)), false, false};
  }
  return {absl::InternalError(text), false, false};
}

}  // namespace fails::pg
