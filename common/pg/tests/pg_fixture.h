// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/pg/pool.h"
#include "common/pg/query.h"
#include "common/testing/private_postgres.h"

namespace fails::pg {

// A fresh database with table thing(id int primary key, value int), as superuser.
class PgTest : public ::testing::Test {
 protected:
  PgTest() {
    Run(pool_, "CREATE TABLE thing (id int PRIMARY KEY, value int NOT NULL)");
    Run(pool_, "INSERT INTO thing VALUES (1, 0), (2, 0)");
  }

  Pool::Options Options() const {
    return {.url = database_.owner_url(), .application_name = "test"};
  }

  static void Run(Pool& pool, const std::string& sql) {
    const absl::Status status = pool.Transact("run", [&](pqxx::work& tx) {
      tx.exec(sql);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << sql << ": " << status;
  }

  int ValueOf(int id) {
    const auto value = pool_.Transact("value", [&](pqxx::work& tx) -> absl::StatusOr<int> {
      return tx.exec_params("SELECT value FROM thing WHERE id = $1", id)[0][0].as<int>();
    });
    EXPECT_TRUE(value.ok()) << value.status();
    return value.value_or(-1);
  }

  fails::testing::PrivatePostgres& server_ = fails::testing::PrivatePostgres::Get();
  fails::testing::PrivatePostgres::Database database_ = server_.NewDatabase();
  Pool pool_{Options()};
};

}  // namespace fails::pg
