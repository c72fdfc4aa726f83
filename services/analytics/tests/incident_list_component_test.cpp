// SPDX-License-Identifier: Apache-2.0
// Lists and single incidents over a real database.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/testing/private_postgres.h"
#include "common/wire/incident_proto.h"
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
using testing::At;
using testing::ContentOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IncidentWriter;
using testing::MakeIncident;
using ::testing::UnorderedElementsAre;

constexpr char kCatalog[] = R"(
version: 1
notice: "Demo data."
providers:
  - {id: openai, name: OpenAI, color: "#10a37f", services: [{id: api, name: API}, {id: chatgpt, name: ChatGPT}]}
  - {id: anthropic, name: Anthropic, color: "#d97757", services: [{id: api, name: API}]}
)";

std::vector<Incident> Some() {
  const auto change = [](IncidentContent content, const std::function<void(IncidentContent&)>& f) {
    f(content);
    return content;
  };
  return {
      MakeIncident("openai", "a",
                   change(ContentOf("openai", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
                          [](auto& c) {
                            c.title = "Elevated errors on the API";
                            c.impact = Impact::kMajor;
                          })),
      MakeIncident(
          "openai", "b",
          change(ContentOf("openai", {"openai/api", "openai/chatgpt"}, "2024-03-02T00:00:00Z", 90),
                 [](auto& c) {
                   c.title = "Login \"broken\" – 100% of users";
                   c.impact = Impact::kCritical;
                   c.impact_started_at = At("2024-03-01T23:50:00.25Z");
                   c.impact_ended_at = At("2024-03-02T01:00:00Z");
                   c.unknown_component = true;
                 }),
          3),
      MakeIncident("anthropic", "c",
                   change(ContentOf("anthropic", {"anthropic/api"}, "2024-03-03T00:00:00Z", 5),
                          [](auto& c) {
                            c.status = IncidentStatus::kIdentified;
                            c.updates[0].status = IncidentStatus::kIdentified;
                          })),
      MakeIncident("anthropic", "d",
                   change(ContentOf("anthropic", {}, "2024-03-04T00:00:00Z", 5),
                          [](auto& c) {
                            c.status = IncidentStatus::kScheduled;
                            c.impact = Impact::kMaintenance;
                            c.updates.resize(1);
                            c.updates[0].status = IncidentStatus::kScheduled;
                            c.scheduled_for = At("2024-03-10T00:00:00Z");
                            c.scheduled_until = At("2024-03-10T02:00:00Z");
                          })),
      MakeIncident("anthropic", "e",
                   change(ContentOf("anthropic", {"anthropic/api"}, "2024-03-05T00:00:00Z", 5),
                          [](auto& c) { c.withdrawn_at = At("2024-03-06T00:00:00Z"); })),
  };
}

class IncidentListTest : public ::testing::Test {
 protected:
  v1::ListIncidentsResponse List(const v1::ListIncidentsRequest& request = {}) {
    auto response = queries.List(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : v1::ListIncidentsResponse();
  }
  static std::vector<std::string> Ids(const v1::ListIncidentsResponse& response) {
    std::vector<std::string> ids;
    for (const auto& incident : response.incidents()) ids.push_back(incident.id());
    return ids;
  }
  template <class Fill>
  std::vector<std::string> IdsWhere(Fill fill) {
    v1::ListIncidentsRequest request;
    fill(request);
    const auto response = List(request);
    EXPECT_EQ(response.total(), response.incidents_size());
    return Ids(response);
  }

  PrivatePostgres::Database database = PrivatePostgres::Get().NewDatabase();
  IncidentWriter writer{database.normalizer_url()};
  pg::Pool pool{
      {.url = database.reader_url(), .size = 2, .application_name = "test", .read_only = true}};
  PgIncidentReader reader{pool};
  PgExportReader exports{pool};
  PgRowSource rows{pool};
  SnapshotKeeper keeper{
      rows, testing::StudyNames(), {}};  // not started: the catalog alone knows names
  catalog::Catalog catalog = *catalog::Catalog::Parse(kCatalog);
  IncidentQueries queries{reader, exports, catalog, keeper};
};

TEST_F(IncidentListTest, NothingYet) {
  const auto response = List();
  EXPECT_EQ(response.incidents_size(), 0);
  EXPECT_EQ(response.total(), 0);
  EXPECT_EQ(response.next_cursor(), "");
  EXPECT_EQ(response.notice(), "Demo data.");
}

TEST_F(IncidentListTest, ShowsIncidentsAsTheWireFormatDoes) {
  const std::vector<Incident> incidents = Some();
  writer.Write(incidents);
  for (const Incident& incident : incidents) {
    v1::GetIncidentRequest request;
    request.set_id(incident.id().str());
    const auto response = queries.Get(request);
    ASSERT_TRUE(response.ok()) << response.status();
    std::string difference;
    MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(wire::ToProto(incident, true), response->incident()))
        << difference;
  }
  v1::ListIncidentsRequest all;
  all.set_include_withdrawn(true);
  const auto listed = List(all);
  ASSERT_EQ(listed.incidents_size(), 5);
  for (const auto& shown : listed.incidents()) {
    const auto it =
        std::ranges::find(incidents, shown.id(), [](const Incident& i) { return i.id().str(); });
    EXPECT_TRUE(MessageDifferencer::Equals(wire::ToProto(*it, false), shown))
        << shown.DebugString();
  }
}

TEST_F(IncidentListTest, WithoutTheSchemaItIsUnavailable) {
  pqxx::connection owner(database.owner_url());
  pqxx::work tx(owner);
  tx.exec("DROP SCHEMA incidents CASCADE");
  tx.commit();
  EXPECT_EQ(queries.List({}).status().code(), absl::StatusCode::kUnavailable);
  v1::GetIncidentRequest request;
  request.set_id("openai/a");
  EXPECT_EQ(queries.Get(request).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(rows.Probe().ok());
}

TEST_F(IncidentListTest, AnUnknownIncidentIsNotFound) {
  writer.Write(Some());
  for (const std::string& id : {std::string("openai/none"), std::string(),
                                std::string("openai/a\0", 9), std::string("' OR true --")}) {
    v1::GetIncidentRequest request;
    request.set_id(id);
    EXPECT_EQ(queries.Get(request).status().code(), absl::StatusCode::kNotFound) << id;
  }
}

TEST_F(IncidentListTest, Filters) {
  writer.Write(Some());
  using R = v1::ListIncidentsRequest;
  // A maintenance stands where it is planned for.
  EXPECT_THAT(IdsWhere([](R&) {}),
              ElementsAre("anthropic/d", "anthropic/c", "openai/b", "openai/a"));
  EXPECT_THAT(IdsWhere([](R& r) { r.set_include_withdrawn(true); }),
              ElementsAre("anthropic/d", "anthropic/e", "anthropic/c", "openai/b", "openai/a"));
  EXPECT_THAT(IdsWhere([](R& r) { r.add_providers("openai"); }),
              ElementsAre("openai/b", "openai/a"));
  EXPECT_THAT(IdsWhere([](R& r) { r.add_providers("openai"), r.add_providers("anthropic"); }),
              ::testing::SizeIs(4));
  EXPECT_THAT(IdsWhere([](R& r) { r.add_services("openai/chatgpt"); }), ElementsAre("openai/b"));
  EXPECT_THAT(IdsWhere([](R& r) { r.add_services("openai/api"), r.add_services("anthropic/api"); }),
              ElementsAre("anthropic/c", "openai/b", "openai/a"));
  EXPECT_THAT(
      IdsWhere([](R& r) { r.add_impacts(v1::IMPACT_MAJOR), r.add_impacts(v1::IMPACT_MINOR); }),
      ElementsAre("anthropic/c", "openai/a"));
  EXPECT_THAT(IdsWhere([](R& r) { r.add_impacts(v1::IMPACT_UNSPECIFIED); }), ElementsAre());
  EXPECT_THAT(IdsWhere([](R& r) { r.add_statuses(v1::INCIDENT_STATUS_IDENTIFIED); }),
              ElementsAre("anthropic/c"));
  EXPECT_THAT(IdsWhere([](R& r) { r.set_ongoing(true); }), ElementsAre("anthropic/c"));
  EXPECT_THAT(IdsWhere([](R& r) { r.set_ongoing(false); }),
              ElementsAre("anthropic/d", "openai/b", "openai/a"));
  EXPECT_THAT(IdsWhere([](R& r) {
                *r.mutable_from() = wire::ToProto(At("2024-03-02T00:00:00Z"));
                *r.mutable_to() = wire::ToProto(At("2024-03-03T00:00:00Z"));
              }),
              ElementsAre("openai/b"));
  // What never started has no place between two times.
  EXPECT_THAT(IdsWhere([](R& r) { *r.mutable_from() = wire::ToProto(At("2024-03-03T00:00:00Z")); }),
              ElementsAre("anthropic/c"));
  EXPECT_THAT(IdsWhere([](R& r) { r.add_providers("openai"), r.add_impacts(v1::IMPACT_MINOR); }),
              ElementsAre());
}

TEST_F(IncidentListTest, SearchesTitlesAndUpdates) {
  writer.Write(Some());
  using R = v1::ListIncidentsRequest;
  const auto found = [&](const std::string& words) {
    return IdsWhere([&](R& r) { r.set_query(words); });
  };
  EXPECT_THAT(found("login"), ElementsAre("openai/b"));
  EXPECT_THAT(found("ELEVATED errors"), ElementsAre("anthropic/d", "anthropic/c", "openai/a"));
  EXPECT_THAT(found("looking login"), ElementsAre("openai/b"));
  EXPECT_THAT(found("looking resolved -login"), ElementsAre("anthropic/c", "openai/a"));
  EXPECT_THAT(found("errors -api"), ElementsAre("anthropic/d", "anthropic/c"));
  EXPECT_THAT(found("login or api"), ElementsAre("openai/b", "openai/a"));
  EXPECT_THAT(found("\"errors on\""), ElementsAre("openai/a"));
  EXPECT_THAT(found("nowhere"), ElementsAre());
  // Whatever is typed is words, never an error.
  for (const char* odd :
       {"'", "\"", "((", "a & b | !", "-", "%", "\\", "🙂", "'; DROP TABLE x; --"}) {
    v1::ListIncidentsRequest request;
    request.set_query(odd);
    EXPECT_TRUE(queries.List(request).ok()) << odd;
  }
}

// Incidents in groups of equal sort keys, so that only the id tells them apart.
std::vector<Incident> Many(int n) {
  std::vector<Incident> incidents;
  for (int i = 0; i < n; ++i) {
    const absl::Time start = At("2024-01-01T00:00:00Z") + absl::Hours(i / 4);
    incidents.push_back(MakeIncident(
        "openai", "n" + std::to_string(i),
        ContentOf("openai", {"openai/api"}, absl::FormatTime(start, absl::UTCTimeZone()), 10)));
  }
  return incidents;
}

class Paging : public IncidentListTest, public ::testing::WithParamInterface<v1::IncidentSort> {};

TEST_P(Paging, SkipsAndRepeatsNothingWhateverArrivesMeanwhile) {
  writer.Write(Many(41));
  v1::ListIncidentsRequest request;
  request.set_sort(GetParam());
  request.set_limit(200);
  const std::vector<std::string> at_once = Ids(List(request));
  ASSERT_EQ(at_once.size(), 41u);
  request.set_limit(7);
  std::vector<std::string> paged;
  int pages = 0;
  do {
    const auto response = List(request);
    EXPECT_LE(response.incidents_size(), 7);
    for (const std::string& id : Ids(response)) {
      if (id.find("/late") == std::string::npos) paged.push_back(id);
    }
    request.set_cursor(response.next_cursor());
    // One before and one behind everything else.
    for (const char* start : {"2020-01-01T00:00:00Z", "2025-01-01T00:00:00Z"}) {
      writer.Write({MakeIncident("openai", "late" + std::to_string(pages) + std::string(start, 4),
                                 ContentOf("openai", {}, start, 10))});
    }
    EXPECT_EQ(response.total(), 41 + 2 * pages);
    ASSERT_LT(++pages, 20);
  } while (!request.cursor().empty());
  EXPECT_EQ(paged, at_once);
}

INSTANTIATE_TEST_SUITE_P(
    Sorts, Paging,
    ::testing::Values(v1::INCIDENT_SORT_UNSPECIFIED, v1::INCIDENT_SORT_STARTED_AT_DESC,
                      v1::INCIDENT_SORT_STARTED_AT_ASC, v1::INCIDENT_SORT_UPDATED_AT_DESC,
                      v1::INCIDENT_SORT_UPDATED_AT_ASC),
    [](const auto& param_info) { return v1::IncidentSort_Name(param_info.param); });

TEST_F(IncidentListTest, TheLastPageHasNoCursor) {
  writer.Write(Many(10));
  v1::ListIncidentsRequest request;
  request.set_limit(10);
  EXPECT_EQ(List(request).next_cursor(), "");
  request.set_limit(9);
  request.set_cursor(List(request).next_cursor());
  const auto last = List(request);
  EXPECT_EQ(last.incidents_size(), 1);
  EXPECT_EQ(last.next_cursor(), "");
  EXPECT_EQ(last.total(), 10);
  request.clear_cursor();
  request.clear_limit();
  EXPECT_EQ(List(request).incidents_size(), 10);
}

TEST_F(IncidentListTest, BadRequestsNameFieldAndValue) {
  using R = v1::ListIncidentsRequest;
  const auto complaint = [&](const std::function<void(R&)>& fill) {
    R request;
    fill(request);
    const auto response = queries.List(request);
    EXPECT_EQ(response.status().code(), absl::StatusCode::kInvalidArgument);
    return response.status().ToString();
  };
  EXPECT_THAT(complaint([](R& r) { r.add_providers("none"); }), HasSubstr("providers: 'none'"));
  EXPECT_THAT(complaint([](R& r) { r.add_services("openai/none"); }),
              HasSubstr("services: 'openai/none'"));
  EXPECT_THAT(complaint([](R& r) { r.add_impacts(static_cast<v1::Impact>(77)); }),
              HasSubstr("impacts: '77'"));
  EXPECT_THAT(complaint([](R& r) { r.add_statuses(static_cast<v1::IncidentStatus>(77)); }),
              HasSubstr("statuses: '77'"));
  EXPECT_THAT(complaint([](R& r) { r.set_sort(static_cast<v1::IncidentSort>(77)); }),
              HasSubstr("sort: '77'"));
  EXPECT_THAT(complaint([](R& r) { r.set_limit(201); }), HasSubstr("limit: '201'"));
  EXPECT_THAT(complaint([](R& r) { r.set_limit(-1); }), HasSubstr("limit: '-1'"));
  EXPECT_THAT(complaint([](R& r) { r.set_query(std::string(501, 'x')); }),
              HasSubstr("query: 'xxx"));
  EXPECT_THAT(complaint([](R& r) { r.set_query(std::string("a\0b", 3)); }), HasSubstr("query: 'a"));
  EXPECT_THAT(complaint([](R& r) { r.set_cursor("bm9uc2Vuc2U"); }),
              HasSubstr("cursor: 'bm9uc2Vuc2U'"));
  EXPECT_THAT(complaint([](R& r) {
                *r.mutable_from() = wire::ToProto(At("2024-03-02T00:00:00Z"));
                *r.mutable_to() = wire::ToProto(At("2024-03-01T00:00:00Z"));
              }),
              HasSubstr("from: '2024-03-02T00:00:00Z' is not before to: '2024-03-01T00:00:00Z'"));
  EXPECT_THAT(complaint([](R& r) { r.mutable_to()->set_seconds(253402300800); }),
              HasSubstr("to: '253402300800'"));
  EXPECT_THAT(complaint([](R& r) { r.mutable_from()->set_seconds(-62135596801); }),
              HasSubstr("from: '-62135596801'"));
  const std::string several = complaint([](R& r) { r.add_providers("x"), r.set_limit(999); });
  EXPECT_THAT(several, HasSubstr("providers: 'x'"));
  EXPECT_THAT(several, HasSubstr("limit: '999'"));
}

TEST_F(IncidentListTest, RowsForTheSnapshot) {
  std::vector<IncidentRow> taken;
  std::vector<OutageDayRow> days;
  int restarts = 0;
  const auto read = [&](std::int64_t since) {
    taken.clear();
    days.clear();
    const auto version = rows.ReadSince(
        since, {.restart = [&] { ++restarts; },
                .incident = [&](const IncidentRow& row) { taken.push_back(row); },
                .outage_day = [&](const OutageDayRow& day) { days.push_back(day); }});
    EXPECT_TRUE(version.ok()) << version.status();
    return version.value_or(-1);
  };
  EXPECT_EQ(read(0), 0);
  const std::vector<Incident> some = Some();
  writer.Write(some);
  EXPECT_EQ(read(0), 1);
  EXPECT_EQ(restarts, 2);
  std::vector<std::string> ids;
  for (const IncidentRow& row : taken)
    ids.push_back(row.id.str() + (row.withdrawn ? " withdrawn" : ""));
  EXPECT_THAT(ids, UnorderedElementsAre("openai/a", "openai/b", "anthropic/c", "anthropic/d",
                                        "anthropic/e withdrawn"));
  const auto b = std::ranges::find(taken, IncidentId("openai/b"), &IncidentRow::id);
  EXPECT_EQ(b->provider.str(), "openai");
  EXPECT_THAT(b->services, ElementsAre(ServiceId("openai/api"), ServiceId("openai/chatgpt")));
  EXPECT_EQ(b->impact, Impact::kCritical);
  EXPECT_EQ(b->stages, some[1].stages());
  EXPECT_EQ(b->impact_started_at, At("2024-03-01T23:50:00.25Z"));
  EXPECT_FALSE(b->ongoing);
  EXPECT_EQ(b->version, 1);
  writer.Write({some[0]});
  EXPECT_EQ(read(1), 2);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].id.str(), "openai/a");
  EXPECT_EQ(read(2), 2);
  EXPECT_TRUE(taken.empty());
  EXPECT_EQ(*rows.Fingerprint(), (DataFingerprint{2, 4, 2 + 1 + 1 + 1, 0, 0}));

  writer.WriteDays({{"openai/api", "2024-03-02", 60, 0}, {"openai/api", "2024-03-01", 0, 120}});
  EXPECT_EQ(read(2), 3);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[0].service.str(), "openai/api");
  EXPECT_EQ(days[0].day, (OutageDay{absl::CivilDay(2024, 3, 1), 0, 120}));
  EXPECT_EQ(days[1].day, (OutageDay{absl::CivilDay(2024, 3, 2), 60, 0}));
  EXPECT_EQ(days[1].version, 3);
  EXPECT_EQ(*rows.Fingerprint(), (DataFingerprint{3, 4, 2 + 1 + 1 + 1, 2, 6}));
}

TEST_F(IncidentListTest, ASampleWalksThroughEverything) {
  writer.Write(Some());
  writer.WriteDays({{"openai/api", "2024-03-02", 60, 0}});
  const auto sample = rows.Sample({});
  ASSERT_TRUE(sample.ok()) << sample.status();
  EXPECT_EQ(sample->version, 2);
  std::vector<std::string> ids;
  for (const IncidentRow& row : sample->incidents) ids.push_back(row.id.str());
  EXPECT_THAT(ids, ElementsAre("anthropic/c", "anthropic/d", "openai/a", "openai/b"))
      << "none that is withdrawn";
  ASSERT_EQ(sample->days.size(), 1u);
  EXPECT_EQ(sample->next.incident, "") << "begins anew";
  const auto rest =
      rows.Sample({.incident = "anthropic/d", .service = "openai/api", .date = "2024-03-02"});
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_EQ(rest->incidents.size(), 2u);
  EXPECT_TRUE(rest->days.empty());
}

TEST_F(IncidentListTest, ManyRowsComeInPortions) {
  writer.Execute(
      "INSERT INTO incidents.incident SELECT 'openai/' || i, 'openai', i::text, 'openai', '', '', "
      "'minor', 'resolved',"
      " '{}', '{}', now(), NULL, NULL, now(), NULL, now(), now(), NULL, NULL, NULL, NULL, NULL, "
      "now(), false, false,"
      " false, 1, 1 + i % 3, now(), now(), now(), '' FROM generate_series(1, 12345) AS i;"
      " INSERT INTO incidents.outage_day (service, provider, page, date, partial_seconds, "
      "major_seconds, source_at, version) SELECT 'openai/api', 'openai', 'openai', date "
      "'2000-01-01' + i, i, 0, now(), 1 FROM generate_series(1, 6000) AS i;"
      " UPDATE incidents.data_version SET version = 3");
  std::set<std::string> ids;
  std::int64_t last = 0;
  int days = 0;
  const auto version = rows.ReadSince(0, {.restart = [] {},
                                          .incident =
                                              [&](const IncidentRow& row) {
                                                ids.insert(row.id.str());
                                                EXPECT_GE(row.version, last);
                                                last = row.version;
                                              },
                                          .outage_day = [&](const OutageDayRow&) { ++days; }});
  EXPECT_EQ(version.value_or(-1), 3);
  EXPECT_EQ(ids.size(), 12345u);
  EXPECT_EQ(days, 6000);
  EXPECT_EQ(rows.Sample({})->incidents.size(), 1000u);
  EXPECT_EQ(rows.Sample({})->next.service, "openai/api");
}

}  // namespace
}  // namespace fails::analytics
