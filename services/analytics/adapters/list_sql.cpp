// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/list_sql.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <utility>

#include "common/pg/query.h"
#include "services/analytics/adapters/incident_rows.h"

namespace fails::analytics {
namespace {

struct Order {
  std::string_view key;        // column
  std::string_view direction;  // of key and id
  std::string_view after;      // comparison with the position
};

Order OrderOf(ListSort sort) {
  switch (sort) {
    case ListSort::kStartedAtDesc:
      return {"sort_at", "DESC", "<"};
    case ListSort::kStartedAtAsc:
      return {"sort_at", "ASC", ">"};
    case ListSort::kUpdatedAtDesc:
      return {"updated_at", "DESC", "<"};
    case ListSort::kUpdatedAtAsc:
      break;
  }
  return {"updated_at", "ASC", ">"};
}

template <class Levels>
std::string Words(const Levels& levels) {
  std::vector<std::string> words;
  for (const auto level : levels) words.emplace_back(ToString(level));
  return pg::ToPgArray(words);
}

// Collects conditions and numbers their parameters.
class Where {
 public:
  // `format` has a {} where the parameter's number goes.
  void Add(fmt::format_string<std::size_t> format, std::string value) {
    parameters_.push_back(std::move(value));
    conditions_.push_back(fmt::format(format, parameters_.size()));
  }
  void Add(std::string_view condition) { conditions_.emplace_back(condition); }

  std::string Text() const {
    return conditions_.empty() ? "" : fmt::format(" WHERE {}", fmt::join(conditions_, " AND "));
  }
  std::size_t Bind(std::string value) {
    parameters_.push_back(std::move(value));
    return parameters_.size();
  }
  std::vector<std::string> TakeParameters() { return std::move(parameters_); }

 private:
  std::vector<std::string> conditions_, parameters_;
};

Where WhereOf(const IncidentFilter& filter) {
  Where where;
  if (!filter.include_withdrawn) where.Add("withdrawn_at IS NULL");
  if (!filter.providers.empty()) {
    where.Add("provider = ANY(${}::text[])", pg::ToPgArray(filter.providers));
  }
  if (!filter.services.empty()) {
    where.Add("services && ${}::text[]", pg::ToPgArray(filter.services));
  }
  if (!filter.impacts.empty()) where.Add("impact = ANY(${}::text[])", Words(filter.impacts));
  if (!filter.statuses.empty()) where.Add("status = ANY(${}::text[])", Words(filter.statuses));
  // sort_at is started_at wherever that exists, and has the index.
  if (filter.from || filter.to) where.Add("started_at IS NOT NULL");
  if (filter.from) where.Add("sort_at >= ${}::timestamptz", pg::ToPg(*filter.from));
  if (filter.to) where.Add("sort_at < ${}::timestamptz", pg::ToPg(*filter.to));
  if (filter.ongoing) where.Add("ongoing = ${}::boolean", *filter.ongoing ? "true" : "false");
  if (!filter.text.empty()) {
    where.Add("search @@ websearch_to_tsquery('simple', ${}::text)", filter.text);
  }
  return where;
}

}  // namespace

Statement ListStatement(const IncidentFilter& filter, const std::optional<ListPosition>& after,
                        int limit) {
  const Order order = OrderOf(filter.sort);
  Where where = WhereOf(filter);
  if (after) {
    const std::size_t at = where.Bind(pg::ToPg(after->at));
    const std::size_t id = where.Bind(after->id);
    where.Add(
        fmt::format("({}, id) {} (${}::timestamptz, ${}::text)", order.key, order.after, at, id));
  }
  const std::size_t rows = where.Bind(std::to_string(limit));
  return {fmt::format(
              "SELECT {} FROM incidents.v1_incident{} ORDER BY {} {}, id {} LIMIT ${}::bigint",
              kIncidentColumns, where.Text(), order.key, order.direction, order.direction, rows),
          where.TakeParameters()};
}

Statement CountStatement(const IncidentFilter& filter) {
  Where where = WhereOf(filter);
  return {fmt::format("SELECT count(*) FROM incidents.v1_incident{}", where.Text()),
          where.TakeParameters()};
}

Statement ExportStatement(const IncidentFilter& filter) {
  Where where = WhereOf(filter);
  return {fmt::format("DECLARE export_rows NO SCROLL CURSOR FOR SELECT {} FROM "
                      "incidents.v1_incident{} ORDER BY sort_at, id",
                      kIncidentColumns, where.Text()),
          where.TakeParameters()};
}

Statement ExportStatement(const OutageDayFilter& filter) {
  Where where;
  if (!filter.providers.empty()) {
    where.Add("provider = ANY(${}::text[])", pg::ToPgArray(filter.providers));
  }
  if (!filter.services.empty()) {
    where.Add("service = ANY(${}::text[])", pg::ToPgArray(filter.services));
  }
  if (filter.from) where.Add("date >= ${}::date", absl::FormatCivilTime(*filter.from));
  if (filter.to) where.Add("date < ${}::date", absl::FormatCivilTime(*filter.to));
  return {fmt::format("DECLARE export_rows NO SCROLL CURSOR FOR SELECT service, provider, date, "
                      "partial_seconds, major_seconds, page FROM incidents.v1_outage_day{} "
                      "ORDER BY service, date",
                      where.Text()),
          where.TakeParameters()};
}

}  // namespace fails::analytics
