// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace fails::pg {

// A statement as a named constant beside the one store that uses it. The name is its metric label.
struct Query {
  const char* name;
  const char* sql;
  // Parsed and planned once per connection instead of each time. For what runs often and is best
  // executed alike whatever its parameters are. `name` then stands for this statement alone.
  bool prepared = false;
};

// Runs a query with bound parameters and observes fails_pg_query_seconds{query}.
//   pg::Exec(tx, kInsertIncident, id, title, started_at, services)
// Besides what libpqxx takes: std::string_view, absl::Time, std::vector<std::string> (as a text
// array), and std::optional of anything, absent being NULL.
template <class... Args>
pqxx::result Exec(pqxx::work& tx, const Query& query, const Args&... args);

// Times cross as text with microseconds (rounded down) and offset; absent is NULL.
std::string ToPg(absl::Time time);
std::optional<std::string> ToPg(std::optional<absl::Time> time);
// Of a timestamptz column selected as such (the pool sets TimeZone to UTC and DateStyle to ISO).
// Throws pqxx::conversion_error for anything else, also for NULL.
absl::Time TimeFromPg(const pqxx::field& field);
std::optional<absl::Time> OptionalTimeFromPg(const pqxx::field& field);

// Text arrays, both ways: '{"a","b \" c"}'. libpqxx 6 has no array parameters.
std::string ToPgArray(const std::vector<std::string>& values);
// Throws pqxx::conversion_error for NULL, also as an element, and for arrays of arrays.
std::vector<std::string> FromPgArray(const pqxx::field& field);

}  // namespace fails::pg

#include "common/pg/query_inl.h"
