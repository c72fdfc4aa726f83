// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/outage_day_table.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <string>

#include "common/pg/query.h"

namespace fails::normalizer {
namespace {

namespace json = boost::json;

constexpr pg::Query kSelectDays = {
    "select_outage_days",
    "SELECT service, extract(year FROM date)::int AS year, extract(month FROM date)::int AS month,"
    " extract(day FROM date)::int AS day, partial_seconds, major_seconds, page, source_at"
    " FROM incidents.outage_day"
    " WHERE service = ANY($1::text[]) AND date BETWEEN $2::date AND $3::date",
    /*prepared=*/true};

constexpr pg::Query kUpsertDays = {
    "upsert_outage_days",
    "INSERT INTO incidents.outage_day"
    " (service, date, partial_seconds, major_seconds, provider, page, source_at, version)"
    " SELECT service, date, partial_seconds, major_seconds, split_part(service, '/', 1), page,"
    " source_at, $2::bigint FROM json_to_recordset($1::json) AS new (service text, date date,"
    " partial_seconds integer, major_seconds integer, page text, source_at timestamptz)"
    " ORDER BY service, date"
    " ON CONFLICT (service, date) DO UPDATE SET partial_seconds = excluded.partial_seconds,"
    " major_seconds = excluded.major_seconds, page = excluded.page,"
    " source_at = excluded.source_at, version = excluded.version",
    /*prepared=*/true};

// Seen again, unchanged: what an older document says later must still not count.
constexpr pg::Query kTouchDays = {
    "touch_outage_days",
    "UPDATE incidents.outage_day SET source_at = $4::timestamptz"
    " WHERE service = ANY($1::text[]) AND date BETWEEN $2::date AND $3::date"
    " AND page = $5 AND source_at < $4::timestamptz",
    /*prepared=*/true};

// The services and the span of dates that a statement tells of.
struct Span {
  std::vector<std::string> services;
  std::string first, last;
};

Span SpanOf(const MappedDays& mapped) {
  std::set<std::string> services;
  absl::CivilDay first = absl::CivilDay::max(), last = absl::CivilDay::min();
  for (const auto& [key, day] : mapped.days) {
    services.insert(key.first.str());
    first = std::min(first, key.second);
    last = std::max(last, key.second);
  }
  return {{services.begin(), services.end()},
          absl::FormatCivilTime(first),
          absl::FormatCivilTime(last)};
}

}  // namespace

StoredDays LoadDays(pqxx::work& tx, const Statement& statement) {
  StoredDays stored;
  if (statement.days.days.empty()) return stored;
  const Span span = SpanOf(statement.days);
  for (const pqxx::row& row : pg::Exec(tx, kSelectDays, span.services, span.first, span.last)) {
    const absl::CivilDay date(row["year"].as<int>(), row["month"].as<int>(), row["day"].as<int>());
    stored.emplace(
        ServiceDay{ServiceId(row["service"].as<std::string>()), date},
        StoredDay{{date, row["partial_seconds"].as<int>(), row["major_seconds"].as<int>()},
                  PageId(row["page"].as<std::string>()),
                  pg::TimeFromPg(row["source_at"])});
  }
  return stored;
}

void SaveDays(pqxx::work& tx, const std::vector<std::pair<ServiceId, StoredDay>>& days,
              std::int64_t version) {
  json::array rows;
  for (const auto& [service, stored] : days) {
    rows.push_back(json::object{{"service", service.str()},
                                {"date", absl::FormatCivilTime(stored.day.date)},
                                {"partial_seconds", stored.day.partial_seconds},
                                {"major_seconds", stored.day.major_seconds},
                                {"page", stored.page.str()},
                                {"source_at", pg::ToPg(stored.source_at)}});
  }
  pg::Exec(tx, kUpsertDays, json::serialize(rows), version);
}

void TouchDays(pqxx::work& tx, const Statement& statement) {
  if (statement.days.days.empty() || statement.source.import()) return;
  const Span span = SpanOf(statement.days);
  pg::Exec(tx, kTouchDays, span.services, span.first, span.last,
           pg::ToPg(statement.source.fetched_at), statement.source.page.str());
}

}  // namespace fails::normalizer
