// SPDX-License-Identifier: Apache-2.0
// Exports from a real database.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/testing/private_postgres.h"
#include "common/wire/time_proto.h"
#include "services/analytics/adapters/pg_export_reader.h"
#include "services/analytics/adapters/pg_incident_reader.h"
#include "services/analytics/adapters/pg_row_source.h"
#include "services/analytics/app/incident_queries.h"
#include "services/analytics/tests/support/incident_writer.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using fails::testing::PrivatePostgres;
using google::protobuf::util::MessageDifferencer;
using testing::ContentOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MakeIncident;

constexpr char kCatalog[] = R"(
version: 1
providers:
  - {id: openai, name: OpenAI, color: "#10a37f", services: [{id: api, name: API}, {id: chatgpt, name: ChatGPT}]}
)";

class ExportTest : public ::testing::Test {
 protected:
  struct Taken {
    std::vector<v1::Incident> incidents;
    std::size_t portions = 0;
    std::size_t largest = 0;  // bytes of a portion
    absl::Status status;
  };
  Taken Export(const v1::ExportIncidentsRequest& request = {}) {
    Taken taken;
    taken.status = queries_.Export(request, [&](const v1::ExportIncidentsResponse& portion) {
      ++taken.portions;
      taken.largest = std::max(taken.largest, portion.ByteSizeLong());
      taken.incidents.insert(taken.incidents.end(), portion.incidents().begin(),
                             portion.incidents().end());
      return true;
    });
    return taken;
  }
  static std::vector<std::string> Ids(const Taken& taken) {
    EXPECT_TRUE(taken.status.ok()) << taken.status;
    std::vector<std::string> ids;
    for (const auto& incident : taken.incidents) ids.push_back(incident.id());
    return ids;
  }
  void WriteMany(int n) {
    writer_.Execute(
        "INSERT INTO incidents.incident (id, provider, native_id, page, title, url, impact, "
        "status, "
        "services, flags, sort_at, ongoing, backfilled, unknown_component, revision, version, "
        "first_seen_at, updated_at, source_at, search)"
        " SELECT 'openai/' || i, 'openai', i::text, 'openai', '', '', 'minor', 'investigating', "
        "'{}', '{}', now() - interval '1 minute' * i, true, false, false, 1, 1, now(), now(), "
        "now(), '' FROM generate_series(1, " +
        std::to_string(n) +
        ") AS i;"
        " INSERT INTO incidents.incident_update SELECT id, 0, 'u', 'investigating', now(), "
        "repeat('x', 1000) FROM incidents.incident;"
        " UPDATE incidents.data_version SET version = 1");
  }

  PrivatePostgres::Database database_ = PrivatePostgres::Get().NewDatabase();
  testing::IncidentWriter writer_{database_.normalizer_url()};
  pg::Pool pool_{
      {.url = database_.reader_url(), .size = 2, .application_name = "test", .read_only = true}};
  PgIncidentReader reader_{pool_};
  PgExportReader exports_{pool_};
  PgRowSource rows_{pool_};
  SnapshotKeeper keeper_{rows_, testing::StudyNames(), {}};  // not started
  catalog::Catalog catalog_ = *catalog::Catalog::Parse(kCatalog);
  IncidentQueries queries_{reader_, exports_, catalog_, keeper_};
};

TEST_F(ExportTest, NothingIsNoPortion) {
  const Taken none = Export();
  EXPECT_TRUE(none.status.ok()) << none.status;
  EXPECT_EQ(none.portions, 0u);
}

TEST_F(ExportTest, IncidentsAreWholeAndOldestFirst) {
  IncidentContent withdrawn = ContentOf("openai", {}, "2024-03-05T00:00:00Z", 5);
  withdrawn.withdrawn_at = testing::At("2024-03-06T00:00:00Z");
  writer_.Write(
      {MakeIncident("openai", "b", ContentOf("openai", {"openai/api"}, "2024-03-02T00:00:00Z", 5)),
       MakeIncident("openai", "a", ContentOf("openai", {"openai/api"}, "2024-03-01T00:00:00Z", 5)),
       MakeIncident("openai", "w", withdrawn)});
  writer_.Execute(
      "INSERT INTO incidents.impact_interval VALUES"
      " ('openai/a', 0, 'openai/api', '2024-03-01T00:00:00Z', '2024-03-01T01:00:00Z', 'degraded'),"
      " ('openai/a', 1, 'openai/chatgpt', '2024-03-01T00:30:00Z', NULL, 'major_outage')");
  const Taken all = Export();
  ASSERT_THAT(Ids(all), ElementsAre("openai/a", "openai/b"));
  for (const v1::Incident& incident : all.incidents) {
    v1::GetIncidentRequest request;
    request.set_id(incident.id());
    const auto detail = queries_.Get(request);
    ASSERT_TRUE(detail.ok()) << detail.status();
    EXPECT_TRUE(MessageDifferencer::Equals(incident, detail->incident()));
    EXPECT_EQ(incident.updates_size(), 2);
  }
  ASSERT_EQ(all.incidents[0].impact_intervals_size(), 2);
  const v1::ImpactInterval& first = all.incidents[0].impact_intervals(0);
  EXPECT_EQ(first.service(), "openai/api");
  EXPECT_EQ(first.level(), v1::SERVICE_STATUS_DEGRADED);
  EXPECT_EQ(wire::FromProto(first.to()), testing::At("2024-03-01T01:00:00Z"));
  EXPECT_FALSE(all.incidents[0].impact_intervals(1).has_to()) << "still affected";

  v1::ExportIncidentsRequest request;
  request.mutable_filter()->set_include_withdrawn(true);
  request.mutable_filter()->set_limit(1);
  request.mutable_filter()->set_sort(v1::INCIDENT_SORT_STARTED_AT_DESC);
  EXPECT_THAT(Ids(Export(request)), ElementsAre("openai/a", "openai/b", "openai/w"))
      << "order and limit are the list's alone";
  request.mutable_filter()->mutable_from()->set_seconds(
      absl::ToUnixSeconds(testing::At("2024-03-02T00:00:00Z")));
  EXPECT_THAT(Ids(Export(request)), ElementsAre("openai/b", "openai/w"));
}

TEST_F(ExportTest, ManyComeInPortionsOfBoundedSize) {
  WriteMany(3000);
  const Taken all = Export();
  EXPECT_TRUE(all.status.ok()) << all.status;
  EXPECT_EQ(all.incidents.size(), 3000u);
  EXPECT_EQ(all.incidents.front().id(), "openai/3000");
  EXPECT_EQ(all.incidents.back().id(), "openai/1");
  EXPECT_GT(all.portions, 10u);
  EXPECT_LT(all.largest, std::size_t{300} << 10);
}

TEST_F(ExportTest, AClientThatGoesStopsIt) {
  WriteMany(3000);
  int portions = 0;
  const absl::Status status =
      queries_.Export(v1::ExportIncidentsRequest(),
                      [&](const v1::ExportIncidentsResponse&) { return ++portions < 2; });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_EQ(portions, 2);
  EXPECT_EQ(Export().incidents.size(), 3000u) << "the connection is of use again";
}

TEST_F(ExportTest, ADatabaseThatBreaksOffIsAnErrorAndNothingComesTwice) {
  WriteMany(3000);
  int portions = 0;
  const absl::Status status =
      queries_.Export(v1::ExportIncidentsRequest(), [&](const v1::ExportIncidentsResponse&) {
        if (++portions == 1) {
          pqxx::connection owner(database_.owner_url());
          pqxx::nontransaction tx(owner);
          tx.exec(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              " WHERE usename = 'fails_reader' AND datname = current_database()");
        }
        return true;
      });
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("in the middle of the export"));
  EXPECT_LT(portions, 5) << "not from the beginning again";
}

TEST_F(ExportTest, OutageDays) {
  writer_.WriteDays({{"openai/chatgpt", "2024-03-01", 0, 60},
                     {"openai/api", "2024-03-02", 60, 0},
                     {"openai/api", "2024-03-01", 0, 0}});
  const auto days_of = [&](const v1::ExportOutageDaysRequest& request) {
    std::vector<std::string> days;
    const absl::Status status =
        queries_.Export(request, [&](const v1::ExportOutageDaysResponse& portion) {
          for (const v1::OutageDay& day : portion.outage_days()) {
            days.push_back(day.service() + " " + day.date() + " " +
                           std::to_string(day.partial_seconds()) + " " +
                           std::to_string(day.major_seconds()) + " " + day.provider() + " " +
                           day.page());
          }
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return days;
  };
  EXPECT_THAT(days_of({}), ElementsAre("openai/api 2024-03-01 0 0 openai openai",
                                       "openai/api 2024-03-02 60 0 openai openai",
                                       "openai/chatgpt 2024-03-01 0 60 openai openai"));
  v1::ExportOutageDaysRequest request;
  request.add_providers("openai");
  request.set_from("2024-03-02");
  EXPECT_EQ(days_of(request).size(), 1u);
  request.clear_from();
  request.set_to("2024-03-02");
  request.add_services("openai/api");
  EXPECT_EQ(days_of(request).size(), 1u);
}

TEST_F(ExportTest, RefusesInWords) {
  v1::ExportIncidentsRequest bad;
  bad.mutable_filter()->add_providers("nobody");
  EXPECT_TRUE(absl::IsInvalidArgument(Export(bad).status));
  v1::ExportOutageDaysRequest days;
  days.set_from("2024-02-30");
  days.set_to("yesterday");
  days.add_services("x");
  const absl::Status status =
      queries_.Export(days, [](const v1::ExportOutageDaysResponse&) { return true; });
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  for (const char* part : {"from: '2024-02-30'", "to: 'yesterday'", "services: 'x'"}) {
    EXPECT_THAT(std::string(status.message()), HasSubstr(part));
  }
}

}  // namespace
}  // namespace fails::analytics
