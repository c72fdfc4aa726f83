// SPDX-License-Identifier: Apache-2.0
// What a page tells of its components, kept in a real PostgreSQL for its later documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "common/base/time.h"
#include "common/testing/fake_clock.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "services/normalizer/app/document_handler.h"
#include "services/normalizer/tests/database_fixture.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr char kCatalog[] = R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
  services: [{id: api, name: API, components: [{name: APIs}]}, {id: sora, name: Sora, components: [{name: Feed}]}],
  pages: [{id: openai, platform: incidentio, url: "https://x"}]}]})";

const absl::Time kNow = *ParseTime("2026-09-30T12:00:00Z");

std::string Document(std::string_view kind, std::string_view body, absl::Time fetched_at) {
  v1::RawDocument document;
  document.set_page("openai");
  document.set_platform("incidentio");
  document.set_kind(std::string(kind));
  document.set_url("https://x/proxy/x");
  document.set_content_type("application/json");
  *document.mutable_fetched_at() = wire::ToProto(fetched_at);
  wire::SetBody(document, std::string(body));
  return document.SerializeAsString();
}

std::string Summary(std::string_view name, absl::Time fetched_at) {
  return Document("proxy",
                  fmt::format(R"({{"summary":{{"affected_components":[],
    "components":[{{"id":"01R","name":"{}"}},{{"id":"01F","name":"Feed"}}],
    "structure":{{"items":[{{"group":{{"id":"01G","name":"APIs","components":[{{"component_id":"01R"}}]}}}}]}}}}}})",
                              name),
                  fetched_at);
}

std::string Incident(std::string_view component, absl::Time fetched_at) {
  return Document("proxy_incidents",
                  fmt::format(R"({{"incidents":[{{"id":"{0}","name":"Errors","status":"resolved",
        "published_at":"2026-09-29T10:00:00Z","affected_components":[{{"component_id":"{0}"}}],
        "updates":[{{"message_string":"","to_status":"investigating","published_at":"2026-09-29T10:00:00Z"}}]}}]}})",
                              component),
                  fetched_at);
}

class KnownComponentsTest : public DatabaseTest {
 protected:
  void Handle(const std::string& payload) {
    // A handler of its own for each document: what is known is not its.
    DocumentHandler handler(catalog_, store_, clock_, [] {});
    const auto result = handler.Handle("", payload);
    EXPECT_TRUE(result.ok()) << result.status();
  }

  std::string ServicesOf(const std::string& id) {
    return Sql("SELECT services::text FROM incidents.v1_incident WHERE id = 'openai/" + id + "'");
  }

  catalog::Catalog catalog_ = *catalog::Catalog::Parse(kCatalog);
  testing::FakeClock clock_{kNow};
};

TEST_F(KnownComponentsTest, IncidentsThatNameIdsAloneFindTheirServices) {
  Handle(Incident("01R", kNow));
  EXPECT_EQ(ServicesOf("01R"), "{}") << "nobody knows what 01R is";
  Handle(Summary("Responses", kNow + absl::Minutes(1)));
  Handle(Incident("01R", kNow + absl::Minutes(2)));
  Handle(Incident("01F", kNow + absl::Minutes(2)));
  EXPECT_EQ(ServicesOf("01R"), "{openai/api}") << "by its group";
  EXPECT_EQ(ServicesOf("01F"), "{openai/sora}") << "by its name";
}

TEST_F(KnownComponentsTest, TheHistoryIsMappedByWhatIsKnownNowAndAReplayMendsWhatCameBefore) {
  const std::string early = Incident("01R", kNow);
  Handle(early);
  Handle(Summary("Responses", kNow + absl::Minutes(1)));
  Handle(early);
  EXPECT_EQ(ServicesOf("01R"), "{openai/api}");
}

TEST_F(KnownComponentsTest, AnOlderListChangesNothingAndWhatIsDroppedStaysKnown) {
  Handle(Summary("Responses", kNow));
  Handle(Summary("Completions", kNow - absl::Minutes(1)));
  const ComponentBook known = {
      {"01F", {"Feed", {}}}, {"01G", {"APIs", {}}}, {"01R", {"Responses", {"01G", "APIs"}}}};
  EXPECT_EQ(store_.Components(PageId("openai")).value(), known);
  Handle(Document(
      "proxy",
      R"({"summary":{"affected_components":[],"components":[{"id":"01R","name":"Replies"}]}})",
      kNow + absl::Minutes(1)));
  EXPECT_THAT(store_.Components(PageId("openai")).value(),
              ElementsAre(Pair("01F", known.at("01F")), Pair("01G", known.at("01G")),
                          Pair("01R", KnownComponent{"Replies", {}})));
  EXPECT_TRUE(store_.Components(PageId("other")).value().empty());
}

}  // namespace
}  // namespace fails::normalizer
