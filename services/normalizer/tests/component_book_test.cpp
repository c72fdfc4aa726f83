// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/component_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/normalizer/domain/mapped_report.h"
#include "services/normalizer/domain/service_state.h"
#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const ServiceId kApi("openai/api");
const ServiceId kSora("openai/sora");

const catalog::Catalog& SomeCatalog() {
  static const catalog::Catalog catalog = *catalog::Catalog::Parse(
      R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
      services: [{id: api, name: API, components: [{id: g1, name: APIs}]},
                 {id: sora, name: Sora, components: [{name: Feed}, {name: Sora}]}],
      pages: [{id: openai, platform: incidentio, url: "https://x"}]}]})");
  return catalog;
}

const ComponentRef kApis = {"g1", "APIs (v1)"};
const ComponentBook kBook = {{"c1", {"Responses", kApis}},
                             {"c2", {"Feed", {"g9", "Video"}}},
                             {"c3", {"Feed", kApis}},
                             {"c4", {"Login", {"g9", "sora"}}},
                             {"c5", {"Ads", {}}}};

std::string ServiceOf(const ComponentRef& component) {
  const auto* service = FindService(SomeCatalog(), ProviderId("openai"), component, kBook);
  return service ? service->id.str() : "none";
}

TEST(ComponentBookTest, AComponentNamedByItsIdAloneIsFoundByItsNameElseByItsGroup) {
  EXPECT_EQ(ServiceOf({"c1", ""}), "openai/api") << "by its group's id";
  EXPECT_EQ(ServiceOf({"c2", ""}), "openai/sora") << "by its name";
  EXPECT_EQ(ServiceOf({"c3", ""}), "openai/sora") << "its own service comes before its group's";
  EXPECT_EQ(ServiceOf({"c4", "Login"}), "openai/sora") << "by its group's name, in any case";
  EXPECT_EQ(ServiceOf({"c5", ""}), "none");
  EXPECT_EQ(ServiceOf({"c6", ""}), "none") << "never heard of";
  EXPECT_EQ(ServiceOf({"c2", "Another"}), "none") << "the document's own name holds";
  EXPECT_EQ(ServiceOf({"", ""}), "none");
}

TEST(ComponentBookTest, HoldsWhatHasAnIdWithItsTextRepaired) {
  const ComponentBook book = BookOf({{{"a", "bad \xFF"}, ServiceStatus::kUnknown, kApis},
                                     {{"a", "again"}, ServiceStatus::kUnknown},
                                     {{"", "nameless"}, ServiceStatus::kUnknown}});
  EXPECT_THAT(book, ElementsAre(Pair("a", KnownComponent{"bad \xEF\xBF\xBD", kApis})));
}

TEST(ComponentBookTest, ReportsAndStatesAreMappedWithIt) {
  Report report;
  report.native_id = "a";
  report.components = {{"c1", ""}, {"c4", ""}};
  report.component_impacts = {{{"c1", ""}, Minute(0), Minute(5), ServiceStatus::kDegraded}};
  const auto mapped = MapServices(SomeCatalog(), Polled(0), report, kBook);
  ASSERT_TRUE(mapped.ok()) << mapped.status();
  EXPECT_THAT(*mapped->services, ElementsAre(kApi, kSora));
  EXPECT_FALSE(mapped->unknown_component);
  EXPECT_THAT(*mapped->impact_intervals,
              ElementsAre(ImpactInterval{kApi, Minute(0), Minute(5), ServiceStatus::kDegraded}));

  const MappedStates states = MapStates(SomeCatalog(), Polled(0),
                                        {{{"c1", "Responses"}, ServiceStatus::kOperational, kApis},
                                         {{"c7", "Batch"}, ServiceStatus::kMajorOutage, kApis}},
                                        true);
  EXPECT_EQ(states.states.at(kApi), ServiceStatus::kMajorOutage);
  EXPECT_THAT(states.unmapped, IsEmpty());
}

}  // namespace
}  // namespace fails::normalizer
