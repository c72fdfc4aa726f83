// SPDX-License-Identifier: Apache-2.0
// Statements into a real PostgreSQL: intervals, calendar days, service states, imports beside
// pages.
#include "services/normalizer/adapters/incident_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/normalizer/tests/database_fixture.h"
#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const ServiceId kApi("openai/api");
const ServiceId kChat("openai/chatgpt");

class IncidentStoreTest : public DatabaseTest {
 protected:
  UpdateResult Hear(const Statement& statement) {
    const auto result = store_.Update("", statement, [&](const Stored& stored) {
      return Decide(
          statement, stored, [](const PageId&) { return true; }, statement.source.fetched_at);
    });
    EXPECT_TRUE(result.ok()) << result.status();
    return result.value_or(UpdateResult{});
  }

  std::string Version() { return Sql("SELECT version FROM incidents.v1_data_version"); }
};

Statement Telling(std::vector<MappedReport> reports, const Source& source) {
  return {.source = source, .reports = std::move(reports), .listing = {}, .days = {}, .states = {}};
}

Statement Days(std::vector<std::pair<ServiceDay, OutageDay>> days, const Source& source) {
  Statement statement = Telling({}, source);
  for (auto& [key, day] : days) statement.days.days.emplace(key, day);
  return statement;
}

std::pair<ServiceDay, OutageDay> Day(const ServiceId& service, int day, int partial, int major) {
  const absl::CivilDay date(2026, 3, day);
  return {{service, date}, {date, partial, major}};
}

Statement States(std::map<ServiceId, ServiceStatus> states, const Source& source,
                 bool complete = false) {
  Statement statement = Telling({}, source);
  statement.states.states = std::move(states);
  statement.states.complete = complete;
  return statement;
}

TEST_F(IncidentStoreTest, KeepsIntervalsAndReplaysWithoutAChange) {
  MappedReport report = Resolved();
  report.impact_intervals = {{kChat, Minute(3), std::nullopt, ServiceStatus::kMajorOutage},
                             {kApi, Minute(0), Minute(20), ServiceStatus::kDegraded}};
  EXPECT_EQ(Hear(Telling({report}, Polled(40))).incidents, 1);
  EXPECT_EQ(Sql("SELECT string_agg(position || service || level, ' ' ORDER BY position)"
                " FROM incidents.v1_impact_interval WHERE incident_id = 'openai/abc'"),
            "0openai/apidegraded 1openai/chatgptmajor_outage");
  EXPECT_EQ(Sql("SELECT impact_ended_at FROM incidents.v1_incident"), "");
  EXPECT_FALSE(Hear(Telling({report}, Polled(40))).changed()) << "a replay";
  EXPECT_FALSE(Hear(Telling({report}, Polled(50))).changed()) << "the same again";
  report.impact_intervals = {{kApi, Minute(0), Minute(20), ServiceStatus::kDegraded}};
  EXPECT_EQ(Hear(Telling({report}, Polled(60))).incidents, 1);
  EXPECT_EQ(Sql("SELECT count(*) FROM incidents.v1_impact_interval"), "1");
  EXPECT_EQ(Version(), "2");
}

TEST_F(IncidentStoreTest, AnInferredEndIsKeptAndLooksTheSameWhenReadAgain) {
  Hear(Telling({Investigating()}, Polled(1)));
  Statement listing = Telling({}, Polled(20));
  listing.listing =
      platforms::Listing{.oldest = {}, .absence = platforms::Listing::Absence::kResolved};
  EXPECT_EQ(Hear(listing).incidents, 1);
  EXPECT_EQ(Sql("SELECT status || flags::text || (closed_at = resolved_at) FROM "
                "incidents.v1_incident"),
            "resolved{end_inferred}true");
  EXPECT_FALSE(Hear(listing).changed());
  EXPECT_EQ(Hear(Telling({Investigating()}, Polled(30))).incidents, 1) << "it is back";
  EXPECT_EQ(Sql("SELECT ongoing || flags::text FROM incidents.v1_incident"), "true{}");
  EXPECT_THAT(Announced(), ElementsAre("fails.incident.opened openai/abc:1",
                                       "fails.incident.resolved openai/abc:2",
                                       "fails.incident.reopened openai/abc:3"));
}

TEST_F(IncidentStoreTest, AReopenedIncidentShowsNoEndToReaders) {
  Hear(Telling({Resolved()}, Polled(40)));
  MappedReport again = Resolved();
  again.report.status = IncidentStatus::kMonitoring;
  Hear(Telling({again}, Polled(50)));
  EXPECT_EQ(Sql("SELECT ongoing::text || (resolved_at IS NULL) || (closed_at IS NULL) ||"
                " (resolved_stage_at IS NOT NULL) FROM incidents.v1_incident"),
            "truetruetruetrue");
}

TEST_F(IncidentStoreTest, ImportsFillInAndPagesTakeOver) {
  MappedReport import = Resolved();
  import.report.title = "Imported title";
  import.report.url = "https://elsewhere.example";
  EXPECT_EQ(Hear(Telling({import}, From(Origin::kImport, 90))).incidents, 1);
  EXPECT_FALSE(Hear(Telling({import}, From(Origin::kImport, 95))).changed()) << "twice is once";
  EXPECT_EQ(Version(), "1");
  EXPECT_EQ(Hear(Telling({Resolved()}, Polled(40))).incidents, 1) << "a page, fetched earlier";
  EXPECT_EQ(Sql("SELECT title || ' ' || url FROM incidents.v1_incident"),
            "Elevated errors https://elsewhere.example");
  EXPECT_FALSE(Hear(Telling({import}, From(Origin::kImport, 99))).changed());
  EXPECT_FALSE(Hear(Telling({Resolved()}, Polled(40))).changed()) << "a replay";
  EXPECT_THAT(Announced(), ElementsAre("fails.incident.resolved openai/abc:1",
                                       "fails.incident.updated openai/abc:2"));
}

TEST_F(IncidentStoreTest, WhatAPageConfirmsIsNotTold) {
  Hear(Telling({Resolved()}, From(Origin::kImport, 40)));
  EXPECT_EQ(Hear(Telling({Resolved()}, Polled(50))).incidents, 1);
  EXPECT_EQ(Sql("SELECT revision || imported::text FROM incidents.incident"), "1false");
  EXPECT_THAT(Announced(), ElementsAre("fails.incident.resolved openai/abc:1"));
}

TEST_F(IncidentStoreTest, CalendarDaysAreWrittenOnceAndFollowTheNewerDocument) {
  const auto first =
      Days({Day(kApi, 1, 600, 0), Day(kApi, 2, 0, 0), Day(kChat, 1, 0, 60)}, Polled(10));
  EXPECT_EQ(Hear(first).days, 3);
  EXPECT_EQ(Version(), "1");
  EXPECT_FALSE(Hear(first).changed());
  EXPECT_EQ(Hear(Days({Day(kApi, 1, 600, 0), Day(kApi, 2, 0, 30)}, Polled(20))).days, 1);
  EXPECT_EQ(Sql("SELECT string_agg(format('%s %s %s %s %s %s', service, provider, page, date,"
                " major_seconds, version), ', ' ORDER BY service, date)"
                " FROM incidents.v1_outage_day"),
            "openai/api openai openai 2026-03-01 0 1, openai/api openai openai 2026-03-02 30 2, "
            "openai/chatgpt openai openai 2026-03-01 60 1");
  EXPECT_FALSE(Hear(Days({Day(kApi, 1, 900, 0)}, Polled(15))).changed())
      << "older than what confirmed the day";
}

TEST_F(IncidentStoreTest, ImportedDaysGiveWayToAPage) {
  EXPECT_EQ(Hear(Days({Day(kApi, 1, 600, 0)}, From(Origin::kImport, 90))).days, 1);
  EXPECT_EQ(Sql("SELECT page FROM incidents.v1_outage_day"), "import");
  EXPECT_EQ(Hear(Days({Day(kApi, 1, 300, 0)}, Polled(10))).days, 1);
  EXPECT_FALSE(Hear(Days({Day(kApi, 1, 600, 0)}, From(Origin::kImport, 99))).changed());
  EXPECT_EQ(Sql("SELECT partial_seconds || page FROM incidents.v1_outage_day"), "300openai");
}

TEST_F(IncidentStoreTest, ServiceStatesAreKeptRememberedAndTold) {
  using S = ServiceStatus;
  EXPECT_EQ(Hear(States({{kApi, S::kOperational}, {kChat, S::kDegraded}}, Polled(1))).states, 2);
  EXPECT_EQ(Hear(States({{kApi, S::kOperational}, {kChat, S::kDegraded}}, Polled(2))).states, 0);
  EXPECT_EQ(Version(), "1") << "what is only confirmed has no version of its own";
  EXPECT_EQ(Sql("SELECT count(*) FROM incidents.v1_service_status WHERE reported_at > since"), "2");

  Hear(Telling({Investigating()}, Polled(3)));
  EXPECT_EQ(Hear(States({{kApi, S::kMajorOutage}}, Polled(5))).states, 1);
  EXPECT_EQ(Hear(States({{kApi, S::kOperational}}, Polled(4))).states, 0) << "older";
  EXPECT_EQ(Hear(States({{kChat, S::kOperational}}, Polled(9), /*complete=*/true)).states, 2);
  EXPECT_THAT(Announced(), ElementsAre("fails.service.status_changed openai/chatgpt:1",
                                       "fails.incident.opened openai/abc:1",
                                       "fails.service.status_changed openai/api:2",
                                       "fails.service.status_changed openai/chatgpt:2",
                                       "fails.service.status_changed openai/api:3"));
  EXPECT_EQ(Sql("SELECT string_agg(format('%s %s>%s', service, previous, status), ', ' ORDER BY at,"
                " service) FROM incidents.v1_service_status_change"),
            "openai/chatgpt unknown>degraded, openai/api operational>major_outage, "
            "openai/api major_outage>unknown, openai/chatgpt degraded>operational");
  EXPECT_EQ(Sql("SELECT subject || ' ' || (payload::json->'data'->>'ongoing_incidents')"
                " FROM incidents.outbox WHERE payload::json->>'id' = 'openai/api:2'"),
            "fails.events.v1.service.openai.status_changed [\"openai/abc\"]");
  EXPECT_EQ(Sql("SELECT status || previous FROM incidents.v1_service_status WHERE service = "
                "'openai/api'"),
            "unknownmajor_outage");
}

TEST_F(IncidentStoreTest, ReadersSeeTheViewsAndNothingElse) {
  Hear(States({{kApi, ServiceStatus::kMajorOutage}}, Polled(1)));
  pg::Pool reader({.url = database_.reader_url(), .size = 1, .application_name = "test"});
  const auto count = [&](const std::string& table) {
    return reader.Transact("test", [&](pqxx::work& tx) -> absl::StatusOr<int> {
      return tx.exec("SELECT count(*) FROM incidents." + table)[0][0].as<int>();
    });
  };
  EXPECT_EQ(count("v1_service_status").value(), 1);
  EXPECT_EQ(count("v1_service_status_change").value(), 1);
  EXPECT_EQ(count("v1_outage_day").value(), 0);
  EXPECT_EQ(count("v1_impact_interval").value(), 0);
  EXPECT_FALSE(count("service_status").ok());
}

TEST_F(IncidentStoreTest, WhatThePureRulesForbidTheTablesRefuseToo) {
  Hear(Telling({Investigating()}, Polled(1)));
  pg::Pool owner({.url = database_.owner_url(), .size = 1, .application_name = "test"});
  for (const char* bad :
       {"UPDATE incidents.incident SET closed_at = now(), resolved_stage_at = now()",
        "INSERT INTO incidents.impact_interval VALUES ('openai/abc', 0, 'openai/api', now(),"
        " now() - interval '1 hour', 'degraded')",
        "INSERT INTO incidents.outage_day VALUES ('openai/api', '2026-03-01', -1, 0, 'openai',"
        " 'openai', now(), 1)",
        "INSERT INTO incidents.outage_day VALUES ('other/api', '2026-03-01', 1, 0, 'openai',"
        " 'openai', now(), 1)",
        "INSERT INTO incidents.service_status VALUES ('openai/api', 'openai', 'fine', 'unknown',"
        " now(), 'openai', now(), now(), 1, 1)"}) {
    const absl::Status status = owner.Transact("test", [&](pqxx::work& tx) {
      tx.exec(bad);
      return absl::OkStatus();
    });
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad << ": " << status;
  }
}

}  // namespace
}  // namespace fails::normalizer
