// SPDX-License-Identifier: Apache-2.0
#include "common/catalog/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace fails::catalog {
namespace {

using ::testing::HasSubstr;

constexpr char kGood[] = R"(
version: 1
notice: "Demo data"
providers:
  - id: openai
    name: OpenAI
    color: "#10a37f"
    services:
      - {id: api, name: API, components: [{id: c1, name: API}]}
      - {id: dall-e, name: DALL·E, components: [{name: Labs}, {name: DALL-E}, {id: c9}]}
    pages:
      - {id: openai, platform: statuspage, url: "https://status.openai.com/", interval_seconds: 30}
      - {id: openai-old, platform: statuspage, url: "https://old.example.com", status: dormant,
         former_urls: ["https://older.example.com"]}
  - id: lone-star
    name: Lone.Star
    aliases: [lonely]
    color: "#000000"
    services: [{id: lone, name: Lone}]
)";

TEST(CatalogTest, ReadsEverything) {
  const auto catalog = Catalog::Parse(kGood);
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  EXPECT_EQ(catalog->notice(), "Demo data");
  ASSERT_EQ(catalog->providers().size(), 2u);
  EXPECT_EQ(catalog->Services().size(), 3u);
  EXPECT_EQ(catalog->FindService(ServiceId("openai/dall-e"))->name, "DALL·E");
  const Page* page = catalog->FindPage(PageId("openai"));
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->url, "https://status.openai.com");
  EXPECT_EQ(page->interval, absl::Seconds(30));
  EXPECT_EQ(catalog->FindPage(PageId("openai-old"))->status, PageStatus::kDormant);
  EXPECT_EQ(catalog->FindPage(PageId("nope")), nullptr);
}

TEST(CatalogTest, MapsComponentsByIdThenByAnyName) {
  const auto catalog = Catalog::Parse(kGood);
  ASSERT_TRUE(catalog.ok());
  const auto map = [&](const char* id, const char* name) {
    const Service* service = catalog->MapComponent(ProviderId("openai"), {id, name});
    return service ? service->id.str() : "none";
  };
  EXPECT_EQ(map("c1", "renamed"), "openai/api");
  EXPECT_EQ(map("other", "Labs"), "openai/dall-e");
  EXPECT_EQ(map("c9", "API"), "openai/dall-e") << "the id wins over the name";
  EXPECT_EQ(map("", "labs"), "openai/dall-e") << "in any case";
  EXPECT_EQ(map("openai/api", ""), "openai/api") << "a full service id";
  EXPECT_EQ(map("x", "Sora"), "none");
  EXPECT_EQ(map("", ""), "none");
  EXPECT_EQ(catalog->MapComponent(ProviderId("anthropic"), {"c1", "API"}), nullptr);
}

TEST(CatalogTest, Quirk18KnowsAComponentThatWasMadeAnew) {
  const auto catalog = Catalog::Parse(R"({version: 1, providers: [{id: p, name: P, color: "#000000",
      services: [{id: api, name: API, components: [{id: c1, name: API}, {id: c2, name: API},
                                                   {name: Former}]}]}]})");
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  const auto anew = [&](const char* id, const char* name) {
    return catalog->IsMadeAnew(ProviderId("p"), {id, name});
  };
  EXPECT_TRUE(anew("c3", "api"));
  EXPECT_FALSE(anew("c2", "API")) << "its id is known";
  EXPECT_FALSE(anew("c1", "renamed"));
  EXPECT_FALSE(anew("c3", "Former")) << "no id is known for the name";
  EXPECT_FALSE(anew("", "API")) << "it has none itself";
  EXPECT_FALSE(anew("p/api", "API"));
  EXPECT_FALSE(anew("c3", "Sora")) << "of no service at all";
}

TEST(CatalogTest, FindsTheProviderThatADataSetNames) {
  const auto catalog = Catalog::Parse(kGood);
  ASSERT_TRUE(catalog.ok());
  const auto named = [&](std::string_view name) {
    const Provider* provider = catalog->ProviderNamed(name);
    return provider ? provider->id.str() : "none";
  };
  for (const char* name : {"lone-star", "lonestar", "Lone.Star", "LONE STAR", "lonely"}) {
    EXPECT_EQ(named(name), "lone-star") << name;
  }
  EXPECT_EQ(named("openai"), "openai");
  EXPECT_EQ(named("lone"), "none");
  EXPECT_EQ(named(""), "none");
  EXPECT_EQ(named("..."), "none");
}

TEST(CatalogTest, ReportsEveryMistakeWithItsLine) {
  const auto catalog = Catalog::Parse(R"(
version: 2
providers:
  - id: Open AI
    name: OpenAI
    color: green
    aliases: [{}]
    services: [{id: api, name: API, colour: red}, {id: api, name: Again}]
    pages:
      - {id: q, platform: ndjson, url: "https://x"}
      - {id: p, platform: gopher, url: "ftp://x", former_urls: ["gopher://y"], interval_seconds: 0, status: sleepy}
  - id: empty
    color: "#000000"
)");
  ASSERT_FALSE(catalog.ok());
  EXPECT_EQ(catalog.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(catalog.status().message());
  for (const char* part :
       {"line 2: version must be 1", "'Open AI'", "color 'green'", "unknown key 'colour'",
        "service id 'api' is used twice", "unknown platform 'gopher'",
        "'ndjson' is read from files", "an item of 'aliases'", "url 'ftp://x'",
        "former url 'gopher://y'", "interval_seconds must be", "status 'sleepy'",
        "'name' is missing", "a provider needs at least one service"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
}

TEST(CatalogTest, WhatStandsForOneStandsForNoOther) {
  const auto catalog = [](const char* second_service, const char* second_provider) {
    return Catalog::Parse(fmt::format(
        R"({{version: 1, providers: [{{id: p, name: P, color: "#000000", aliases: [pp], services: [
        {{id: api, name: API, components: [{{id: c1, name: API}}, {{id: c2, name: api}}]}},
        {{id: web, name: Web, components: [{}]}}]}},
      {{id: q, name: Q, color: "#000000", {} services: [{{id: api, name: API, components: [{{id: c1, name: API}}]}}]}}]}})",
        second_service, second_provider));
  };
  EXPECT_TRUE(catalog("{name: Web}", "").ok()) << "another provider's are another's";
  const auto why = [&](const char* service, const char* provider) {
    return std::string(catalog(service, provider).status().message());
  };
  EXPECT_THAT(why("{id: c2}", ""), HasSubstr("component id 'c2' stands for 'p/api' already"));
  EXPECT_THAT(why("{name: API}", ""), HasSubstr("component name 'api' stands for 'p/api' already"));
  EXPECT_THAT(why("{name: Web}", "aliases: [PP],"), HasSubstr("alias 'pp' stands for 'p' already"));
}

TEST(CatalogTest, RefusesWhatIsNoCatalog) {
  for (const char* text :
       {"", "[]", "version: 1", "a: [", "providers: 7", "version: 1\nproviders: []"}) {
    EXPECT_FALSE(Catalog::Parse(text).ok()) << text;
  }
  EXPECT_THAT(std::string(Catalog::Load("/no/such/file").status().message()),
              HasSubstr("/no/such/file"));
}

// The catalogs that ship.
TEST(CatalogTest, ShippedCatalogsAreValid) {
  for (const char* path : {"/deploy/catalog/providers.yaml", "/tests/simulator/catalog-2024.yaml",
                           "/tests/simulator/catalog-demo.yaml"}) {
    const auto catalog = Catalog::Load(std::string(FAILS_SOURCE_DIR) + path);
    EXPECT_TRUE(catalog.ok()) << catalog.status();
  }
}

double Luminance(const std::string& color) {
  const auto part = [&](std::size_t at) {
    const double share = std::stoi(color.substr(at, 2), nullptr, 16) / 255.0;
    return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

double Contrast(const std::string& a, const std::string& b) {
  const auto [dark, light] = std::minmax({Luminance(a), Luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

TEST(CatalogTest, TheCatalogThatShipsIsOfDistinctColoursThatCanBeSeen) {
  const auto catalog = Catalog::Load(FAILS_SOURCE_DIR "/deploy/catalog/providers.yaml");
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  EXPECT_GE(catalog->providers().size(), 35u);
  EXPECT_GE(catalog->Services().size(), 60u);
  std::set<std::string> colors;
  for (const Provider& provider : catalog->providers()) {
    EXPECT_TRUE(colors.insert(provider.color).second) << provider.id << ": " << provider.color;
    for (const char* background : {"#ffffff", "#181b1e"}) {
      EXPECT_GE(Contrast(provider.color, background), 3.0) << provider.id << " on " << background;
    }
  }
}

}  // namespace
}  // namespace fails::catalog
