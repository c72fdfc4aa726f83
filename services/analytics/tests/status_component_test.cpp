// SPDX-License-Identifier: Apache-2.0
// What pages said of services, from a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/testing/private_postgres.h"
#include "common/wire/time_proto.h"
#include "services/analytics/adapters/pg_status_reader.h"
#include "services/analytics/tests/support/incident_writer.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using fails::testing::PrivatePostgres;
using testing::At;
using ::testing::ElementsAre;

class StatusReaderTest : public ::testing::Test {
 protected:
  StatusReaderTest() {
    writer_.Execute(R"(
      INSERT INTO incidents.service_status (service, provider, status, previous, since, page, reported_at, source_at,
                                            revision, version)
      VALUES ('openai/api', 'openai', 'major_outage', 'degraded', '2024-03-02T00:00:00Z', 'openai',
              '2024-03-02T00:05:00.5Z', '2024-03-02T00:05:00.5Z', 3, 1),
             ('anthropic/claude', 'anthropic', 'unknown', 'operational', '2024-03-02T00:00:00Z', 'anthropic',
              '2024-03-01T00:00:00Z', '2024-03-02T00:00:00Z', 2, 1);
      INSERT INTO incidents.service_status_change (service, revision, status, previous, at, page)
      VALUES ('openai/api', 1, 'operational', 'unknown', '2024-03-01T00:00:00Z', 'openai'),
             ('openai/api', 2, 'degraded', 'operational', '2024-03-01T12:00:00Z', 'openai'),
             ('openai/api', 3, 'major_outage', 'degraded', '2024-03-02T00:00:00Z', 'openai'),
             ('anthropic/claude', 1, 'operational', 'unknown', '2024-03-01T00:00:00Z', 'anthropic'),
             ('anthropic/claude', 2, 'unknown', 'operational', '2024-03-02T00:00:00Z', 'anthropic'))");
  }
  std::vector<std::string> Changes(const StatusChangeFilter& filter, int limit = 100) {
    const auto changes = reader_.Changes(filter, limit);
    EXPECT_TRUE(changes.ok()) << changes.status();
    std::vector<std::string> words;
    for (const auto& change : *changes) {
      words.push_back(change.service() + " " + v1::ServiceStatus_Name(change.previous()) + " " +
                      v1::ServiceStatus_Name(change.status()));
    }
    return words;
  }

  PrivatePostgres::Database database_ = PrivatePostgres::Get().NewDatabase();
  testing::IncidentWriter writer_{database_.normalizer_url()};
  pg::Pool pool_{
      {.url = database_.reader_url(), .size = 2, .application_name = "test", .read_only = true}};
  PgStatusReader reader_{pool_};
};

TEST_F(StatusReaderTest, ReadsStates) {
  const auto states = reader_.States();
  ASSERT_TRUE(states.ok()) << states.status();
  ASSERT_EQ(states->size(), 2u);
  const bool api_first = states->front().service() == "openai/api";
  const v1::ServiceState& api = states->at(api_first ? 0 : 1);
  EXPECT_EQ(api.provider(), "openai");
  EXPECT_EQ(api.status(), v1::SERVICE_STATUS_MAJOR_OUTAGE);
  EXPECT_EQ(api.page(), "openai");
  EXPECT_EQ(wire::FromProto(api.since()), At("2024-03-02T00:00:00Z"));
  EXPECT_EQ(wire::FromProto(api.reported_at()), At("2024-03-02T00:05:00.5Z"));
  EXPECT_EQ(states->at(api_first ? 1 : 0).status(), v1::SERVICE_STATUS_UNSPECIFIED);
}

TEST_F(StatusReaderTest, ReadsChangesNewestFirst) {
  EXPECT_THAT(Changes({}, 3),
              ElementsAre("anthropic/claude SERVICE_STATUS_OPERATIONAL SERVICE_STATUS_UNSPECIFIED",
                          "openai/api SERVICE_STATUS_DEGRADED SERVICE_STATUS_MAJOR_OUTAGE",
                          "openai/api SERVICE_STATUS_OPERATIONAL SERVICE_STATUS_DEGRADED"));
  EXPECT_EQ(Changes({}).size(), 5u);
  EXPECT_EQ(Changes({.services = {"anthropic/claude"}}).size(), 2u);
  EXPECT_EQ(Changes({.services = {"openai/api", "anthropic/claude"}}).size(), 5u);
  EXPECT_THAT(Changes({.services = {"openai/api"},
                       .from = At("2024-03-01T12:00:00Z"),
                       .to = At("2024-03-02T00:00:00Z")}),
              ElementsAre("openai/api SERVICE_STATUS_OPERATIONAL SERVICE_STATUS_DEGRADED"));
  EXPECT_EQ(Changes({.services = {"nobody/'; DROP TABLE x"}}).size(), 0u);
}

TEST_F(StatusReaderTest, WithoutAServerItIsUnavailable) {
  pg::Pool nowhere({.url = "postgresql://nobody@127.0.0.1:1/none", .size = 1});
  EXPECT_TRUE(absl::IsUnavailable(PgStatusReader(nowhere).States().status()));
}

}  // namespace
}  // namespace fails::analytics
