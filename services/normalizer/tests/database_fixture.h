// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/pg/pool.h"
#include "common/testing/private_postgres.h"
#include "services/normalizer/adapters/incident_store.h"

namespace fails::normalizer {

// A migrated database of the test's own with the store on it.
class DatabaseTest : public ::testing::Test {
 protected:
  // One value of the first row, read as the database's owner.
  std::string Sql(const std::string& statement);
  // "<type> <id>" of each event that waits to be published, in order.
  std::vector<std::string> Announced();

  testing::PrivatePostgres::Database database_ = testing::PrivatePostgres::Get().NewDatabase();
  pg::Pool pool_{{.url = database_.normalizer_url(), .size = 4, .application_name = "normalizer"}};
  PgIncidentStore store_{pool_};
};

}  // namespace fails::normalizer
