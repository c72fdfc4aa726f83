// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/component_table.h"

#include <boost/json.hpp>

#include "common/pg/query.h"

namespace fails::normalizer {
namespace {

namespace json = boost::json;

constexpr pg::Query kSelectComponents = {
    "select_components",
    "SELECT id, name, group_id, group_name FROM incidents.component WHERE page = $1",
    /*prepared=*/true};

// Touches a row only when it says something else: most documents repeat what is known.
constexpr pg::Query kUpsertComponents = {
    "upsert_components",
    "INSERT INTO incidents.component AS old (page, id, name, group_id, group_name, source_at)"
    " SELECT $1, id, name, group_id, group_name, $2::timestamptz FROM json_to_recordset($3::json)"
    " AS new (id text, name text, group_id text, group_name text) ORDER BY id"
    " ON CONFLICT (page, id) DO UPDATE SET name = excluded.name, group_id = excluded.group_id,"
    " group_name = excluded.group_name, source_at = excluded.source_at"
    " WHERE excluded.source_at >= old.source_at AND (excluded.name, excluded.group_id,"
    " excluded.group_name) IS DISTINCT FROM (old.name, old.group_id, old.group_name)",
    /*prepared=*/true};

}  // namespace

ComponentBook LoadComponents(pqxx::work& tx, const PageId& page) {
  ComponentBook book;
  for (const pqxx::row& row : pg::Exec(tx, kSelectComponents, page.str())) {
    book.emplace(
        row["id"].as<std::string>(),
        KnownComponent{row["name"].as<std::string>(),
                       {row["group_id"].as<std::string>(), row["group_name"].as<std::string>()}});
  }
  return book;
}

void SaveComponents(pqxx::work& tx, const Statement& statement) {
  if (statement.components.empty()) return;
  json::array rows;
  for (const auto& [id, known] : statement.components) {
    rows.push_back({{"id", id},
                    {"name", known.name},
                    {"group_id", known.group.id},
                    {"group_name", known.group.name}});
  }
  pg::Exec(tx, kUpsertComponents, statement.source.page.str(),
           pg::ToPg(statement.source.fetched_at), json::serialize(rows));
}

}  // namespace fails::normalizer
