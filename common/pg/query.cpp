// SPDX-License-Identifier: Apache-2.0
#include "common/pg/query.h"

#include <fmt/format.h>

#include "common/obs/metrics.h"

namespace fails::pg {
namespace {

constexpr char kPgFormat[] = "%E4Y-%m-%d %H:%M:%E6S+00";
constexpr char kParseFormat[] = "%Y-%m-%d %H:%M:%E*S%Ez";

}  // namespace

std::string ToPg(absl::Time time) {
  if (time == absl::InfiniteFuture()) return "infinity";
  if (time == absl::InfinitePast()) return "-infinity";
  return absl::FormatTime(kPgFormat, time, absl::UTCTimeZone());
}

std::optional<std::string> ToPg(std::optional<absl::Time> time) {
  if (!time) return std::nullopt;
  return ToPg(*time);
}

absl::Time TimeFromPg(const pqxx::field& field) {
  const std::string text = field.as<std::string>();
  if (text == "infinity") return absl::InfiniteFuture();
  if (text == "-infinity") return absl::InfinitePast();
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(kParseFormat, text, &time, &error)) {
    throw pqxx::conversion_error(fmt::format("'{}' is no timestamptz: {}", text, error));
  }
  return time;
}

std::optional<absl::Time> OptionalTimeFromPg(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return TimeFromPg(field);
}

namespace internal {

std::string Bound(std::string_view value) {
  if (value.find('\0') != std::string_view::npos) {
    throw pqxx::argument_error("a text with a zero byte cannot be stored");
  }
  return std::string(value);
}

pqxx::result Observe(const Query& query, const std::function<pqxx::result()>& run) {
  const absl::Time began = absl::Now();
  pqxx::result result = run();
  obs::GetHistogram("fails_pg_query_seconds", "Time of a statement, by its name",
                    {{"query", query.name}})
      .Observe(absl::ToDoubleSeconds(absl::Now() - began));
  return result;
}

}  // namespace internal
}  // namespace fails::pg
