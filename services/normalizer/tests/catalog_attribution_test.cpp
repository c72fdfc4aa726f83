// SPDX-License-Identifier: Apache-2.0
// Documents as the providers send them, read with the catalog that ships: they find their services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/base/time.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "services/normalizer/app/read_document.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;

struct Document {
  std::string page, platform, kind, body;
  std::string url = "https://x/";
  std::string type = "application/json";
};

ReadDocument MustRead(const Document& document, const ComponentBook& known = {}) {
  static const auto catalog =
      catalog::Catalog::Load(FAILS_SOURCE_DIR "/deploy/catalog/providers.yaml");
  v1::RawDocument raw;
  raw.set_page(document.page);
  raw.set_platform(document.platform);
  raw.set_kind(document.kind);
  raw.set_url(document.url);
  raw.set_content_type(document.type);
  *raw.mutable_fetched_at() = wire::ToProto(*ParseTime("2026-09-30T12:00:00Z"));
  wire::SetBody(raw, document.body);
  const auto read = Read(catalog.value(), raw, [&](const PageId&) { return known; });
  EXPECT_TRUE(read.ok()) << read.status();
  return read.value_or(ReadDocument{});
}

// "openai/api openai/sora" for each report.
std::vector<std::string> Services(const ReadDocument& read) {
  std::vector<std::string> all;
  for (const MappedReport& report : read.statement.reports) {
    std::vector<std::string> ids;
    for (const ServiceId& id : report.services.value_or(std::vector<ServiceId>{})) {
      ids.push_back(id.str());
    }
    all.push_back(fmt::format("{}", fmt::join(ids, " ")));
  }
  return all;
}

std::string ProxyIncidents(std::string_view component) {
  return fmt::format(
      R"({{"incidents":[{{"id":"01INC","name":"Errors","status":"resolved","published_at":"2026-09-10T10:00:00Z",
      "affected_components":[{{"component_id":"{0}","status":"degraded_performance","current_status":"operational"}}],
      "component_impacts":[{{"id":"1","component_id":"{0}","status":"degraded_performance",
        "start_at":"2026-09-10T10:00:00Z","end_at":"2026-09-10T11:00:00Z"}}],
      "updates":[{{"message_string":"oh","to_status":"investigating","published_at":"2026-09-10T10:00:00Z"}}]}}]}})",
      component);
}

TEST(CatalogAttributionTest, OpenAiNamesComponentsByTheirIdsAlone) {
  const auto services = [](std::string_view component) {
    return Services(
        MustRead({"openai", "incidentio", "proxy_incidents", ProxyIncidents(component)}));
  };
  EXPECT_THAT(services("01JP8CD9JR3HR6Y7G4Q75N4DVW"), ElementsAre("openai/api"));
  EXPECT_THAT(services("01JSM5RTJWHRWDTS6Q604VEW3B"), ElementsAre("openai/api"));
  EXPECT_THAT(services("01JMXBNJXG1S2D9V65P1ZZTD94"), ElementsAre("openai/chatgpt"));
  EXPECT_THAT(services("01K9G527YRPY1EFRMHTKB5BKT5"), ElementsAre("openai/sora"));
  EXPECT_THAT(services("01KMKFAMWKNQ84Z1766MV08ZDE"), ElementsAre("openai/codex"));
}

TEST(CatalogAttributionTest,
     ComponentsOfWhichTheCatalogKnowsTheNameAloneAreFoundByWhatThePageTold) {
  const Document document = {"fireworks", "incidentio", "proxy_incidents",
                             ProxyIncidents("01SERVERLESS")};
  const ReadDocument before = MustRead(document);
  EXPECT_THAT(Services(before), ElementsAre("")) << "nothing is guessed";
  EXPECT_TRUE(before.statement.reports.at(0).unknown_component);
  const ReadDocument after = MustRead(document, {{"01SERVERLESS", {"Serverless Inference", {}}}});
  EXPECT_THAT(Services(after), ElementsAre("fireworks/inference"));
  EXPECT_FALSE(after.statement.reports.at(0).unknown_component);
}

TEST(CatalogAttributionTest, AComponentCountsAsOfTheServiceThatItsGroupStandsFor) {
  const auto read =
      MustRead({"openrouter", "datadog", "config", R"({"visualizationType":"bars","components":[
    {"id":"62d944d3-1acb-471b-81a0-099b3da0164f","name":"API","type":"ComponentGroup","status":"degraded","components":[
      {"id":"c1","name":"Completions","type":"Component","status":"degraded"}]}],
    "incidents":[{"id":"i","title":"Errors","resolved":false,"currentStatus":"investigating","timeline":[
      {"id":"t","status":"investigating","startedAt":"2026-09-30T10:00:00Z","createdAt":"2026-09-30T10:00:00Z",
       "componentsAffected":[{"id":"c1","name":"Completions","status":"degraded"}]}]}]})"});
  EXPECT_THAT(Services(read), ElementsAre("openrouter/api"));
  EXPECT_TRUE(read.unmapped.empty());
}

TEST(CatalogAttributionTest, TheBookIsAskedForOnlyWhereItIsNeeded) {
  static const auto catalog =
      catalog::Catalog::Load(FAILS_SOURCE_DIR "/deploy/catalog/providers.yaml");
  int asked = 0;
  const KnownComponents known = [&](const PageId&) -> absl::StatusOr<ComponentBook> {
    ++asked;
    return absl::UnavailableError("away");
  };
  v1::RawDocument raw;
  raw.set_page("openai");
  raw.set_platform("incidentio");
  raw.set_kind("proxy_incidents");
  raw.set_content_type("application/json");
  wire::SetBody(raw, ProxyIncidents("01JP8CD9JR3HR6Y7G4Q75N4DVW"));
  EXPECT_TRUE(Read(catalog.value(), raw, known).ok());
  EXPECT_EQ(asked, 0);
  wire::SetBody(raw, ProxyIncidents("01STRANGER"));
  EXPECT_EQ(Read(catalog.value(), raw, known).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(asked, 1);
}

TEST(CatalogAttributionTest, BedrockIsFoundInWhateverRegionAndDocument) {
  const auto current = MustRead({"aws-bedrock", "aws_health", "currentevents", R"~([
    {"date":"1790000000","region_name":"N. Virginia","status":"2","service":"bedrock-us-east-1",
     "service_name":"Amazon Bedrock (N. Virginia)","summary":"Errors","event_log":[]},
    {"date":"1790000001","region_name":"Oregon","status":"2","service":"multipleservices-us-west-2",
     "service_name":"Multiple services","summary":"Errors","event_log":[],
     "impacted_services":{"ec2-us-west-2":{"service_name":"Amazon EC2"},"bedrock-us-west-2":{}}},
    {"date":"1790000002","region_name":"Oregon","status":"2","service":"ec2-us-west-2",
     "service_name":"Amazon EC2","summary":"Errors","event_log":[]}])~"});
  EXPECT_THAT(Services(current), ElementsAre("aws-bedrock/bedrock", "aws-bedrock/bedrock", ""));
  EXPECT_FALSE(current.statement.reports.at(1).unknown_component)
      << "of a whole cloud most components are nobody's here";
  EXPECT_TRUE(current.statement.reports.at(2).of_others);
  EXPECT_EQ(current.statement.states.states.at(ServiceId("aws-bedrock/bedrock")),
            ServiceStatus::kPartialOutage);
  EXPECT_TRUE(current.statement.states.made_anew.empty());
  EXPECT_THAT(
      Services(MustRead({"aws-bedrock", "aws_health", "events",
                         R"([{"service":"BEDROCK","region":"eu-west-3","startTime":1790000000000,
                                  "endTime":1790003600000,"metadata":{"EVENT_LOG":"[]"}}])"})),
      ElementsAre("aws-bedrock/bedrock"));
  EXPECT_THAT(
      Services(MustRead({"aws-bedrock", "aws_health", "rss",
                         R"(<rss version="2.0"><channel><title>Amazon Bedrock (Ohio)</title><item>
        <title>Service disruption: Errors</title><pubDate>Mon, 21 Sep 2026 18:06:00 PDT</pubDate>
        <guid>https://status.aws.amazon.com/#bedrock-us-east-2_1790039160</guid></item></channel></rss>)",
                         "https://x/bedrock-us-east-2.rss", "application/rss+xml"})),
      ElementsAre("aws-bedrock/bedrock"));
}

TEST(CatalogAttributionTest, AzureOpenAiIsFoundByCategoryAndByTitle) {
  const auto read = MustRead({"azure-openai", "azure", "feed",
                              R"(<rss version="2.0"><channel><title>Azure Status</title>
    <item><guid>A1</guid><title>Azure OpenAI Service - East US - Investigating</title><category>East US</category>
      <pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate></item>
    <item><guid>A2</guid><title>Several services - East US - Investigating</title><category>Azure OpenAI</category>
      <pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate></item>
    <item><guid>A3</guid><title>Storage - East US - Investigating</title><category>Storage</category>
      <pubDate>Thu, 23 Jul 2026 16:29:09 Z</pubDate></item></channel></rss>)",
                              "https://x/en-us/status/feed/", "application/rss+xml"});
  EXPECT_THAT(Services(read),
              ElementsAre("azure-openai/openai-service", "azure-openai/openai-service", ""));
}

TEST(CatalogAttributionTest, GeminiIsFoundByItsProductAndDoesWellOnceItsIncidentsAreOver) {
  const auto read = MustRead({"google", "google_cloud", "incidents", R"([
    {"id":"A","begin":"2026-09-20T10:00:00+00:00","end":"2026-09-20T11:00:00+00:00","external_desc":"Errors",
     "status_impact":"SERVICE_OUTAGE","service_key":"zall","service_name":"Multiple Products","uri":"incidents/A",
     "affected_products":[{"title":"Cloud Run","id":"RUN1"},{"title":"Vertex Gemini API","id":"Z0FZJAMvEB4j3NbCJs6B"}],
     "updates":[]}])"});
  EXPECT_THAT(Services(read), ElementsAre("google/gemini-api"));
  EXPECT_EQ(read.statement.states.states.at(ServiceId("google/gemini-api")),
            ServiceStatus::kOperational);
}

}  // namespace
}  // namespace fails::normalizer
