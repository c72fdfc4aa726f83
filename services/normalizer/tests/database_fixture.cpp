// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/tests/database_fixture.h"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace fails::normalizer {

namespace json = boost::json;

std::string DatabaseTest::Sql(const std::string& statement) {
  pg::Pool owner({.url = database_.owner_url(), .size = 1, .application_name = "test"});
  auto value = owner.Transact("test", [&](pqxx::work& tx) -> absl::StatusOr<std::string> {
    const pqxx::result rows = tx.exec(statement);
    return rows.empty() || rows[0][0].is_null() ? "" : rows[0][0].as<std::string>();
  });
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() ? *value : "";
}

std::vector<std::string> DatabaseTest::Announced() {
  std::vector<std::string> types;
  const auto all = json::parse(
      Sql("SELECT coalesce(json_agg(payload::json ORDER BY id), '[]') FROM incidents.outbox"));
  for (const json::value& event : all.as_array()) {
    types.push_back(fmt::format("{} {}", std::string(event.at("type").as_string()),
                                std::string(event.at("id").as_string())));
  }
  return types;
}

}  // namespace fails::normalizer
