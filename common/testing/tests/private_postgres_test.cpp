// SPDX-License-Identifier: Apache-2.0
#include "common/testing/private_postgres.h"

#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <utility>

namespace fails::testing {
namespace {

std::string Ask(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  return pqxx::nontransaction(connection).exec(sql)[0][0].as<std::string>();
}

TEST(PrivatePostgresTest, DatabasesAreMigratedAndHaveTheRoles) {
  const auto database = PrivatePostgres::Get().NewDatabase();
  EXPECT_EQ(Ask(database.normalizer_url(), "SELECT count(*) FROM incidents.incident"), "0");
  EXPECT_EQ(Ask(database.reader_url(), "SELECT count(*) FROM incidents.v1_incident"), "0");
  EXPECT_THROW(Ask(database.reader_url(), "SELECT count(*) FROM incidents.incident"),
               pqxx::insufficient_privilege);
  EXPECT_EQ(
      Ask(database.owner_url(), "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"),
      "true");
}

TEST(PrivatePostgresTest, DatabasesDoNotMeetAndGoWithTheirObjects) {
  auto one = PrivatePostgres::Get().NewDatabase();
  const std::string url = one.owner_url();
  {
    const auto two = PrivatePostgres::Get().NewDatabase();
    EXPECT_NE(two.owner_url(), url);
    const auto moved = std::move(one);
    EXPECT_EQ(moved.owner_url(), url);
    Ask(url, "SELECT 1");
  }
  EXPECT_THROW(Ask(url, "SELECT 1"), pqxx::broken_connection);
}

TEST(PrivatePostgresTest, KeepsItsDataOverAKill) {
  auto& server = PrivatePostgres::Get();
  const auto database = server.NewDatabase();
  Ask(database.owner_url(), "CREATE TABLE kept AS SELECT 1 AS a; SELECT a FROM kept");
  server.Kill();
  EXPECT_THROW(Ask(database.owner_url(), "SELECT 1"), pqxx::broken_connection);
  server.Start();
  EXPECT_EQ(Ask(database.owner_url(), "SELECT a FROM kept"), "1");
}

}  // namespace
}  // namespace fails::testing
