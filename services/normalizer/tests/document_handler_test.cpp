// SPDX-License-Identifier: Apache-2.0
// Documents into a real PostgreSQL: what is stored, announced, repeated, withdrawn.
#include "services/normalizer/app/document_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <thread>

#include "common/base/time.h"
#include "common/obs/metrics.h"
#include "common/platforms/import_format.h"
#include "common/testing/fake_clock.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "services/normalizer/tests/database_fixture.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;

constexpr char kCatalog[] = R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
  services: [{id: api, name: API, components: [{name: API}]}, {id: chatgpt, name: ChatGPT, components: [{name: ChatGPT}]}],
  pages: [{id: openai, platform: statuspage, url: "https://x"}]}]})";

const absl::Time kNow = *ParseTime("2026-05-01T12:00:00Z");

std::string IncidentJson(std::string_view id, std::string_view status,
                         std::string_view title = "Errors") {
  std::string updates =
      R"({"id":"u1","status":"investigating","body":"we \"look\" \\ ; '{}","display_at":"2026-05-01T10:00:00Z"})";
  if (status == "resolved") {
    updates =
        R"({"id":"u2","status":"resolved","body":"over","display_at":"2026-05-01T11:00:00Z"},)" +
        updates;
  }
  return fmt::format(
      R"({{"id":"{}","name":"{}","status":"{}","impact":"major","created_at":"2026-05-01T10:00:00Z",
      "components":[{{"id":"c","name":"API"}},{{"id":"d","name":"ChatGPT"}}],"incident_updates":[{}]}})",
      id, title, status, updates);
}

std::string Document(const std::vector<std::string>& incidents, absl::Time fetched_at,
                     const std::string& page = "openai") {
  v1::RawDocument document;
  document.set_page(page);
  document.set_platform("statuspage");
  document.set_kind("incidents");
  document.set_url("https://x/api/v2/incidents.json");
  document.set_content_type("application/json");
  *document.mutable_fetched_at() = wire::ToProto(fetched_at);
  wire::SetBody(document, fmt::format(R"({{"page":{{"url":"https://x"}},"incidents":[{}]}})",
                                      fmt::join(incidents, ",")));
  return document.SerializeAsString();
}

class DocumentHandlerTest : public DatabaseTest {
 protected:
  UpdateResult MustHandle(std::string_view key, const std::string& payload) {
    const auto result = handler_.Handle(key, payload);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.value_or(UpdateResult{});
  }

  catalog::Catalog catalog_ = *catalog::Catalog::Parse(kCatalog);
  testing::FakeClock clock_{kNow};
  int committed_ = 0;
  DocumentHandler handler_{catalog_, store_, clock_, [this] { ++committed_; }};
};

TEST_F(DocumentHandlerTest, StoresAndAnnouncesOnce) {
  const std::string document =
      Document({IncidentJson("a", "investigating"), IncidentJson("b", "resolved")}, kNow);
  EXPECT_EQ(MustHandle("1", document).incidents, 2);
  EXPECT_EQ(committed_, 1);
  EXPECT_THAT(Announced(), ElementsAre("fails.incident.opened openai/a:1",
                                       "fails.incident.resolved openai/b:1"));
  EXPECT_EQ(Sql("SELECT services::text FROM incidents.v1_incident WHERE id = 'openai/a'"),
            "{openai/api,openai/chatgpt}");
  EXPECT_EQ(Sql("SELECT body FROM incidents.v1_incident_update WHERE incident_id = 'openai/a'"),
            "we \"look\" \\ ; '{}");
  EXPECT_EQ(Sql("SELECT version FROM incidents.v1_data_version"), "1");

  EXPECT_TRUE(MustHandle("1", document).repeat);      // a redelivery
  EXPECT_EQ(MustHandle("2", document).incidents, 0);  // the same published again
  EXPECT_EQ(MustHandle("", document).incidents, 0);   // a replay
  EXPECT_EQ(Announced().size(), 2u);
  EXPECT_EQ(Sql("SELECT version FROM incidents.v1_data_version"), "1");
}

TEST_F(DocumentHandlerTest, FollowsChangesWithRevisionsAndVersions) {
  MustHandle("1", Document({IncidentJson("a", "investigating")}, kNow));
  clock_.Advance(absl::Minutes(1));
  MustHandle("2", Document({IncidentJson("a", "resolved")}, kNow + absl::Minutes(1)));
  EXPECT_THAT(Announced(), ElementsAre("fails.incident.opened openai/a:1",
                                       "fails.incident.resolved openai/a:2"));
  EXPECT_EQ(Sql("SELECT revision || ' ' || version || ' ' || ongoing FROM incidents.v1_incident"),
            "2 2 false");
  EXPECT_EQ(Sql("SELECT count(*) FROM incidents.v1_incident_update"), "2");
  EXPECT_EQ(
      Sql("SELECT payload::json->'data'->>'changed' FROM incidents.outbox ORDER BY id DESC "
          "LIMIT 1"),
      R"(["closed_at","duration_seconds","ongoing","resolved_at","stages","status","updates"])");
}

TEST_F(DocumentHandlerTest, AnOlderDocumentThatArrivesLateChangesNothing) {
  MustHandle("1", Document({IncidentJson("a", "investigating")}, kNow));
  // Seen again unchanged at +10: a document of +5 that says otherwise is older than what we know.
  MustHandle("2", Document({IncidentJson("a", "investigating")}, kNow + absl::Minutes(10)));
  EXPECT_EQ(MustHandle("3", Document({IncidentJson("a", "investigating", "Old title")},
                                     kNow + absl::Minutes(5)))
                .incidents,
            0);
  EXPECT_EQ(Sql("SELECT title FROM incidents.v1_incident"), "Errors");
}

TEST_F(DocumentHandlerTest, WhatACompleteListingDropsIsWithdrawnAndCanComeBack) {
  MustHandle("1", Document({IncidentJson("a", "investigating"), IncidentJson("b", "investigating")},
                           kNow));
  MustHandle("2", Document({IncidentJson("a", "investigating")}, kNow + absl::Minutes(1)));
  EXPECT_EQ(Sql("SELECT id FROM incidents.v1_incident WHERE withdrawn_at IS NOT NULL"), "openai/b");
  EXPECT_EQ(MustHandle("3", Document({}, kNow + absl::Minutes(2))).incidents, 0)
      << "an empty list is no statement";
  MustHandle("4", Document({IncidentJson("a", "investigating"), IncidentJson("b", "investigating")},
                           kNow + absl::Minutes(3)));
  EXPECT_THAT(
      Announced(),
      ElementsAre("fails.incident.opened openai/a:1", "fails.incident.opened openai/b:1",
                  "fails.incident.withdrawn openai/b:2", "fails.incident.reopened openai/b:3"));
}

std::string MovedDocument(const std::vector<std::string>& ids, absl::Time fetched_at) {
  std::vector<std::string> incidents;
  for (const std::string& id : ids) {
    incidents.push_back(fmt::format(
        R"({{"id":"{}","name":"Errors","status":"resolved","type":"incident","published_at":"2026-05-01T09:00:00Z",
        "updates":[{{"message_string":"oh","to_status":"investigating","published_at":"2026-05-01T09:00:00Z"}},
                   {{"message_string":"over","to_status":"resolved","published_at":"2026-05-01T09:30:00Z"}}]}})",
        id));
  }
  v1::RawDocument document;
  document.set_page("openai");
  document.set_platform("incidentio");
  document.set_kind("proxy_incidents");
  document.set_url(
      "https://x/proxy/x/incidents?start_at=2026-04-05T00:00:00Z&end_at=2026-05-05T00:00:00Z");
  document.set_content_type("application/json");
  *document.mutable_fetched_at() = wire::ToProto(fetched_at);
  wire::SetBody(document, fmt::format(R"({{"incidents":[{}]}})", fmt::join(incidents, ",")));
  return document.SerializeAsString();
}

TEST_F(DocumentHandlerTest, APageThatMovesToAnotherPlatformKeepsItsHistory) {
  MustHandle("1",
             Document({IncidentJson("a", "resolved"), IncidentJson("b", "investigating")}, kNow));
  MustHandle("2", MovedDocument({"01NEW", "01OTHER"}, kNow + absl::Minutes(1)));
  EXPECT_EQ(Sql("SELECT string_agg(native_id || status || flags::text, ' ' ORDER BY id)"
                " FROM incidents.v1_incident WHERE provider = 'openai' AND withdrawn_at IS NULL"),
            "01NEWresolved{no_service} 01OTHERresolved{no_service} aresolved{} "
            "bresolved{end_inferred}")
      << "of the one that was going on nobody tells the end any more";
  MustHandle("3", MovedDocument({"01NEW"}, kNow + absl::Minutes(2)));
  EXPECT_EQ(Sql("SELECT id FROM incidents.v1_incident WHERE withdrawn_at IS NOT NULL"),
            "openai/01OTHER")
      << "what it told of itself it can take back";
}

TEST_F(DocumentHandlerTest, WhatIsOlderThanTheKnowledgeOfPlatformsIsKeptTillToldAgain) {
  const std::string both = Document({IncidentJson("a", "resolved"), IncidentJson("b", "resolved")},
                                    kNow - absl::Minutes(1));
  const auto withdrawn = [this] {
    return Sql("SELECT count(*) FROM incidents.v1_incident WHERE withdrawn_at IS NOT NULL");
  };
  MustHandle("1", both);
  Sql("UPDATE incidents.incident SET platform = ''");
  MustHandle("2", Document({IncidentJson("a", "resolved")}, kNow));
  EXPECT_EQ(withdrawn(), "0");
  EXPECT_EQ(Sql("SELECT string_agg(native_id || platform || revision, ' ' ORDER BY id)"
                " FROM incidents.incident"),
            "astatuspage1 b1");
  MustHandle("3", Document({IncidentJson("c", "resolved")}, kNow + absl::Minutes(1)));
  EXPECT_EQ(withdrawn(), "1");
}

TEST_F(DocumentHandlerTest, Quirk18AComponentMadeAnewIsMappedByItsNameWithAnAlarm) {
  const catalog::Catalog catalog = *catalog::Catalog::Parse(
      R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
      services: [{id: api, name: API, components: [{id: c1, name: API}]}],
      pages: [{id: alarmed, platform: statuspage, url: "https://x"}]}]})");
  DocumentHandler handler(catalog, store_, clock_, [] {});
  v1::RawDocument document;
  document.set_page("alarmed");
  document.set_platform("statuspage");
  document.set_kind("components");
  document.set_content_type("application/json");
  *document.mutable_fetched_at() = wire::ToProto(kNow);
  wire::SetBody(document, R"({"page":{"url":"https://x"},"components":[
      {"id":"c9","name":"API","status":"operational"},{"id":"c8","name":"Sora","status":"operational"}]})");
  const auto result = handler.Handle("1", document.SerializeAsString());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Sql("SELECT service || status FROM incidents.v1_service_status"),
            "openai/apioperational");
  const std::string metrics = obs::RenderMetrics();
  for (const char* counter : {"fails_normalizer_components_made_anew_total{page=\"alarmed\"} 1",
                              "fails_normalizer_unmapped_components_total{page=\"alarmed\"} 1"}) {
    EXPECT_THAT(metrics, ::testing::HasSubstr(counter));
  }
}

TEST_F(DocumentHandlerTest, ASummaryTellsHowServicesDo) {
  const auto summary = [](std::string_view api, absl::Time fetched_at) {
    v1::RawDocument document;
    document.set_page("openai");
    document.set_platform("statuspage");
    document.set_kind("summary");
    document.set_content_type("application/json");
    *document.mutable_fetched_at() = wire::ToProto(fetched_at);
    wire::SetBody(document, fmt::format(
                                R"({{"page":{{"url":"https://x"}},"incidents":[],"components":[
        {{"id":"c","name":"API","status":"{}"}},{{"id":"s","name":"Sora","status":"operational"}}]}})",
                                api));
    return document.SerializeAsString();
  };
  EXPECT_EQ(MustHandle("1", summary("operational", kNow)).states, 1);
  EXPECT_EQ(MustHandle("2", summary("partial_outage", kNow + absl::Minutes(1))).states, 1);
  EXPECT_EQ(MustHandle("", summary("operational", kNow)).states, 0) << "a replay";
  EXPECT_THAT(Announced(), ElementsAre("fails.service.status_changed openai/api:2"));
  EXPECT_EQ(Sql("SELECT status FROM incidents.v1_service_status"), "partial_outage");
}

TEST_F(DocumentHandlerTest, AnImportNeedsNoPageAndItsReportsAProvider) {
  const auto result = handler_.Handle(
      "1", Document({IncidentJson("a", "resolved")}, kNow, std::string(platforms::kImportPage)));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_FALSE(result->changed()) << "a page's document names no provider";
  EXPECT_EQ(Sql("SELECT count(*) FROM incidents.inbox"), "1") << "a problem, no dead letter";
}

TEST_F(DocumentHandlerTest, HistoryFromABackfillRingsNoAlarm) {
  v1::RawDocument document;
  ASSERT_TRUE(document.ParseFromString(Document({IncidentJson("a", "investigating")}, kNow)));
  document.set_purpose(v1::DOCUMENT_PURPOSE_BACKFILL);
  MustHandle("1", document.SerializeAsString());
  EXPECT_THAT(Announced(), ElementsAre("fails.incident.updated openai/a:1"));
}

TEST_F(DocumentHandlerTest, WhatCanNeverBeReadSaysWhyAndStoresNothing) {
  EXPECT_EQ(handler_.Handle("1", "\xFF\xFFnot a proto").status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(handler_.Handle("2", Document({}, kNow, "elsewhere")).status().code(),
            absl::StatusCode::kFailedPrecondition);
  v1::RawDocument document;
  document.set_page("openai");
  document.set_platform("gopher");
  EXPECT_EQ(handler_.Handle("3", document.SerializeAsString()).status().code(),
            absl::StatusCode::kUnimplemented);
  document.set_platform("statuspage");
  document.set_kind("incidents");
  wire::SetBody(document, "<html>");
  const absl::Status html = handler_.Handle("4", document.SerializeAsString()).status();
  EXPECT_EQ(html.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(html.message()), ::testing::HasSubstr("page openai"));
  wire::SetBody(document, "{}");
  document.set_body_sha256("other");
  EXPECT_EQ(handler_.Handle("5", document.SerializeAsString()).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(Sql("SELECT count(*) FROM incidents.inbox"), "0");
}

TEST_F(DocumentHandlerTest, HostileTextIsStoredAsTextAndNeverBreaksARow) {
  const std::string title =
      R"(\u0000 <script>alert(1)</script> '; DROP TABLE incidents.incident; -- {\"a\":[1]} 模型 \ud83d\ude80)";
  EXPECT_EQ(
      MustHandle("1", Document({IncidentJson("a'/..%2F", "investigating", title)}, kNow)).incidents,
      1);
  EXPECT_EQ(Sql("SELECT title FROM incidents.v1_incident"),
            "\xEF\xBF\xBD <script>alert(1)</script> '; DROP TABLE incidents.incident; -- "
            "{\"a\":[1]} 模型 🚀");
  const std::string huge(3 << 20, 'x');
  EXPECT_EQ(
      MustHandle("2", Document({IncidentJson("huge", "investigating", huge)}, kNow)).incidents, 1);
}

TEST_F(DocumentHandlerTest, ReplicasOnOnePageAgree) {
  std::vector<std::thread> replicas;
  std::atomic<int> changed = 0;
  for (int replica = 0; replica < 4; ++replica) {
    replicas.emplace_back([&, replica] {
      DocumentHandler handler(catalog_, store_, clock_, [] {});
      for (int i = 0; i < 10; ++i) {
        const auto result =
            handler.Handle(fmt::format("{}-{}", replica, i),
                           Document({IncidentJson("a", "investigating"),
                                     IncidentJson(fmt::format("n{}", i), "resolved")},
                                    kNow));
        EXPECT_TRUE(result.ok()) << result.status();
        if (result.ok()) changed += result->incidents;
      }
    });
  }
  for (std::thread& replica : replicas) replica.join();
  EXPECT_EQ(changed, 11);
  EXPECT_EQ(Sql("SELECT count(*) || ' ' || max(revision) FROM incidents.v1_incident"), "11 1");
  EXPECT_EQ(
      Sql("SELECT count(DISTINCT payload::json->>'id') || ' ' || count(*) FROM incidents.outbox"),
      "11 11");
}

TEST_F(DocumentHandlerTest, ProbeKnowsTheSchema) {
  EXPECT_TRUE(store_.Probe().ok()) << store_.Probe();
  pg::Pool empty({.url = database_.owner_url(), .size = 1, .application_name = "test"});
  Sql("DROP SCHEMA incidents CASCADE");
  EXPECT_EQ(PgIncidentStore(empty).Probe().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace fails::normalizer
