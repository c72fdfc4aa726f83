// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/mapped_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

catalog::Catalog SomeCatalog() {
  std::string many;
  for (int i = 1; i <= 8; ++i) {
    many += fmt::format("{0}{{id: s{1}, name: S{1}, components: [{{name: S{1}}}]}}",
                        i > 1 ? "," : "", i);
  }
  return *catalog::Catalog::Parse(fmt::format(R"({{version: 1, providers: [
    {{id: openai, name: OpenAI, color: "#000000",
      services: [{{id: api, name: API, components: [{{id: c1, name: API}}, {{name: API EU}}]}}],
      pages: [{{id: openai, platform: statuspage, url: "https://x"}}]}},
    {{id: many, name: Many, color: "#000000", services: [{}], pages: []}}]}})",
                                              many));
}

absl::StatusOr<MappedReport> Map(const Report& report, Origin origin = Origin::kPoll) {
  static const catalog::Catalog catalog = SomeCatalog();
  return MapServices(catalog, From(origin, 0), report);
}

Report SomeReport() {
  Report report;
  report.native_id = "a";
  return report;
}

TEST(MapServicesTest, MapsRepairsAndFlags) {
  Report report = SomeReport();
  report.title = "bad \xFF";
  report.components = {{"", "API"}, {"", "Sora"}};
  const auto mapped = Map(report);
  ASSERT_TRUE(mapped.ok()) << mapped.status();
  EXPECT_EQ(mapped->report.title, "bad \xEF\xBF\xBD");
  EXPECT_EQ(mapped->page, PageId("openai"));
  EXPECT_THAT(*mapped->services, ElementsAre(ServiceId("openai/api")));
  EXPECT_TRUE(mapped->unknown_component);
  report.components.reset();
  EXPECT_FALSE(Map(report)->services);
}

TEST(MapServicesTest, AnImportNamesProvidersAsDataSetsDoAndKeepsItsFlags) {
  Report report = SomeReport();
  report.provider = "Open.AI";
  report.services = {"openai/api"};
  report.component_impacts = {{{"openai/api", ""}, Minute(1), Minute(2), ServiceStatus::kDegraded}};
  const auto plain = Map(report, Origin::kImport);
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(plain->provider, ProviderId("openai"));
  EXPECT_FALSE(plain->unknown_component);
  EXPECT_FALSE(plain->broad);
  EXPECT_EQ(plain->impact_intervals->at(0).service, ServiceId("openai/api"));
  report.flags = {"broad", "unknown_component"};
  const auto flagged = Map(report, Origin::kImport);
  EXPECT_TRUE(flagged->unknown_component);
  EXPECT_TRUE(flagged->broad);
}

TEST(MapServicesTest, RefusesWhatCanBeNoIncident) {
  EXPECT_FALSE(Map(Report{}).ok());
  Report report = SomeReport();
  report.updates = {{"u", IncidentStatus::kResolved, absl::InfinitePast(), ""}};
  EXPECT_THAT(std::string(Map(report).status().message()), HasSubstr("infinite-past"));
  report.updates[0].at = absl::FromUnixSeconds(99'999'999'999);
  EXPECT_EQ(Map(report).status().code(), absl::StatusCode::kInvalidArgument);
  report = SomeReport();
  report.native_id = std::string(1000, 'a');
  EXPECT_TRUE(Map(report).ok());
  report.native_id += 'a';
  EXPECT_THAT(std::string(Map(report).status().message()), HasSubstr("an id of 1001 bytes"));
}

TEST(MapServicesTest, TimesHaveThePrecisionThatIsStored) {
  Report report = SomeReport();
  report.updates = {{"u", IncidentStatus::kResolved, Minute(0) + absl::Nanoseconds(1234), ""}};
  EXPECT_EQ(Map(report)->report.updates[0].at, Minute(0) + absl::Microseconds(1));
}

TEST(MapServicesTest, AnImportNamesItsProviderAndServices) {
  Report report = SomeReport();
  report.provider = "openai";
  report.services = {"openai/api", "openai/retired", "many/s1", "openai/../x", "openai/"};
  const auto mapped = Map(report, Origin::kImport);
  ASSERT_TRUE(mapped.ok()) << mapped.status();
  EXPECT_EQ(mapped->id(), IncidentId("openai/a"));
  EXPECT_THAT(*mapped->services, ElementsAre(ServiceId("openai/api"), ServiceId("openai/retired")));
  EXPECT_TRUE(mapped->unknown_component);
  EXPECT_EQ(mapped->page, PageId("openai")) << "the provider's first page";
  report.page = "openai-eu";
  EXPECT_EQ(Map(report, Origin::kImport)->page, PageId("openai-eu"));

  report = SomeReport();
  report.provider = "many";
  EXPECT_EQ(Map(report, Origin::kImport)->page, PageId("import")) << "a provider without a page";
  report.provider = "nobody";
  EXPECT_THAT(std::string(Map(report, Origin::kImport).status().message()), HasSubstr("'nobody'"));
  report.provider.clear();
  EXPECT_FALSE(Map(report, Origin::kImport).ok());
}

TEST(MapServicesTest, APageSpeaksOfItsOwnProviderOnly) {
  Report report = SomeReport();
  report.provider = "many";
  report.page = "elsewhere";
  const auto mapped = Map(report);
  ASSERT_TRUE(mapped.ok());
  EXPECT_EQ(mapped->provider, ProviderId("openai"));
  EXPECT_EQ(mapped->page, PageId("openai"));
}

TEST(MapServicesTest, IntervalsAreThoseOfServices) {
  Report report = SomeReport();
  const auto level = ServiceStatus::kDegraded;
  report.component_impacts = {{{"c1", ""}, Minute(0), Minute(5), level},
                              {{"", "API EU"}, Minute(0), Minute(5), level},
                              {{"", "Sora"}, Minute(0), Minute(5), level},
                              {{"c1", ""}, Minute(9), Minute(8), level},
                              {{"c1", ""}, Minute(9), std::nullopt, level}};
  const auto mapped = Map(report);
  ASSERT_TRUE(mapped.ok());
  const ServiceId api("openai/api");
  EXPECT_THAT(*mapped->impact_intervals,
              ElementsAre(ImpactInterval{api, Minute(0), Minute(5), level},
                          ImpactInterval{api, Minute(9), std::nullopt, level}));
  EXPECT_TRUE(mapped->unknown_component);
}

TEST(MapServicesTest, Quirk14KitchenSinkListsAreMarkedBroad) {
  Report report = SomeReport();
  report.components.emplace();
  for (int i = 0; i < 15; ++i) report.components->push_back({fmt::format("c{}", i), "API"});
  EXPECT_FALSE(Map(report)->broad);
  report.components->push_back({"c15", "API"});
  EXPECT_TRUE(Map(report)->broad);

  report = SomeReport();
  report.provider = "many";
  report.components.emplace();
  for (int i = 1; i <= 7; ++i) report.components->push_back({"", fmt::format("S{}", i)});
  EXPECT_FALSE(Map(report, Origin::kImport)->broad);
  report.components->push_back({"", "S8"});
  EXPECT_TRUE(Map(report, Origin::kImport)->broad) << "all services of a provider that has many";
  report = SomeReport();
  report.components = {ComponentRef{"", "API"}};
  EXPECT_FALSE(Map(report)->broad) << "all services of a provider that has few";
}

TEST(MapServicesTest, Quirk18AComponentMadeAnewIsMappedByName) {
  Report report = SomeReport();
  report.components = {ComponentRef{"recreated", "API"}};
  EXPECT_THAT(*Map(report)->services, ElementsAre(ServiceId("openai/api")));
  report.components = {ComponentRef{"c1", "Renamed"}};
  EXPECT_THAT(*Map(report)->services, ElementsAre(ServiceId("openai/api")));
  report.components = {ComponentRef{"recreated", "Renamed"}};
  EXPECT_TRUE(Map(report)->services->empty());
  EXPECT_TRUE(Map(report)->unknown_component) << "the alarm";
}

}  // namespace
}  // namespace fails::normalizer
