// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/catalog_queries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/testing/fake_clock.h"
#include "common/wire/time_proto.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::ElementsAre;

constexpr char kCatalog[] = R"(
version: 1
notice: "Demo data: invented."
providers:
  - id: openai
    name: OpenAI
    color: "#10a37f"
    website: https://openai.com
    services:
      - {id: api, name: API}
      - {id: chatgpt, name: ChatGPT}
    pages:
      - {id: openai, platform: statuspage, url: "https://status.openai.com", interval_seconds: 60}
      - {id: openai-old, platform: statuspage, url: "https://old.openai.com", interval_seconds: 60, status: dormant}
  - id: anthropic
    name: Anthropic
    color: "#d97757"
    services: [{id: claude, name: Claude}]
    pages:
      - {id: anthropic, platform: statuspage, url: "https://status.anthropic.com", interval_seconds: 300}
)";

class FakeHealth final : public PageHealthSource {
 public:
  std::optional<v1::PageHealth> Get(const std::string& page) const override {
    const auto it = pages.find(page);
    if (it == pages.end()) return std::nullopt;
    return it->second;
  }
  std::map<std::string, v1::PageHealth> pages;
};

class CatalogQueriesTest : public ::testing::Test {
 protected:
  catalog::Catalog catalog = *catalog::Catalog::Parse(kCatalog);
  FakeHealth health;
  fails::testing::FakeClock clock{At("2024-09-01T12:00:00Z")};
  CatalogQueries queries{catalog, health, clock};
};

TEST_F(CatalogQueriesTest, ProvidersWithServicesAndPagesInCatalogOrder) {
  const auto response = queries.ListProviders();
  EXPECT_EQ(response.notice(), "Demo data: invented.");
  ASSERT_EQ(response.providers_size(), 2);
  const v1::Provider& openai = response.providers(0);
  EXPECT_EQ(openai.id(), "openai");
  EXPECT_EQ(openai.name(), "OpenAI");
  EXPECT_EQ(openai.color(), "#10a37f");
  EXPECT_EQ(openai.website(), "https://openai.com");
  ASSERT_EQ(openai.services_size(), 2);
  EXPECT_EQ(openai.services(1).id(), "openai/chatgpt");
  EXPECT_EQ(openai.services(1).name(), "ChatGPT");
  EXPECT_EQ(openai.services(1).provider(), "openai");
  EXPECT_THAT(openai.pages(), ElementsAre("openai", "openai-old"));
  EXPECT_EQ(response.providers(1).id(), "anthropic");
}

TEST_F(CatalogQueriesTest, ServicesOfAllOrOfOneProvider) {
  EXPECT_EQ(queries.ListServices("")->services_size(), 3);
  const auto one = queries.ListServices("anthropic");
  ASSERT_EQ(one->services_size(), 1);
  EXPECT_EQ(one->services(0).id(), "anthropic/claude");
  EXPECT_EQ(one->notice(), "Demo data: invented.");
  const auto unknown = queries.ListServices("none");
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(unknown.status().ToString(), ::testing::HasSubstr("provider: 'none'"));
}

TEST_F(CatalogQueriesTest, PagesWithWhatIsKnownOfTheirHealth) {
  v1::PageHealth& openai = health.pages["openai"];
  openai.set_page("openai");
  openai.set_state(v1::PAGE_HEALTH_STATE_OK);
  *openai.mutable_last_success_at() = wire::ToProto(clock.Now() - absl::Minutes(1));
  const auto response = queries.ListPages();
  ASSERT_EQ(response.pages_size(), 3);
  EXPECT_EQ(response.pages(0).id(), "openai");
  EXPECT_EQ(response.pages(0).provider(), "openai");
  EXPECT_EQ(response.pages(0).platform(), "statuspage");
  EXPECT_EQ(response.pages(0).url(), "https://status.openai.com");
  EXPECT_EQ(response.pages(0).status(), v1::PAGE_STATUS_ACTIVE);
  EXPECT_EQ(response.pages(0).interval_seconds(), 60);
  EXPECT_EQ(response.pages(0).health().state(), v1::PAGE_HEALTH_STATE_OK);
  EXPECT_EQ(response.pages(1).status(), v1::PAGE_STATUS_DORMANT);
  EXPECT_EQ(response.pages(2).health().page(), "anthropic");
  EXPECT_EQ(response.pages(2).health().state(), v1::PAGE_HEALTH_STATE_UNSPECIFIED);
  EXPECT_EQ(response.notice(), "Demo data: invented.");
}

TEST_F(CatalogQueriesTest, Quirk03APageThatWasTakenDownIsDormantAndNoSourceThatIsLate) {
  health.pages["openai"].set_state(v1::PAGE_HEALTH_STATE_DELETED);
  *health.pages["openai"].mutable_last_success_at() =
      wire::ToProto(clock.Now() - absl::Hours(1000));
  EXPECT_EQ(queries.ListPages().pages(0).status(), v1::PAGE_STATUS_DORMANT);
  EXPECT_EQ(queries.ListPages().pages(0).health().state(), v1::PAGE_HEALTH_STATE_DELETED);
  const SourceCount count = queries.CountSources(NamesOf(catalog)).front();
  EXPECT_EQ(count.sources, 0);
  EXPECT_EQ(count.stale, 0);
}

TEST_F(CatalogQueriesTest, AHealthNobodyRenewsTurnsStale) {
  for (const char* page : {"openai", "openai-old", "anthropic"}) {
    v1::PageHealth& said = health.pages[page];
    said.set_state(v1::PAGE_HEALTH_STATE_OK);
    *said.mutable_last_success_at() = wire::ToProto(clock.Now());
    *said.mutable_last_attempt_at() = wire::ToProto(clock.Now());
  }
  const auto state = [&](int page) { return queries.ListPages().pages(page).health().state(); };
  clock.Advance(absl::Minutes(10));
  EXPECT_EQ(state(0), v1::PAGE_HEALTH_STATE_OK);
  clock.Advance(absl::Seconds(1));
  EXPECT_EQ(state(0), v1::PAGE_HEALTH_STATE_STALE);
  EXPECT_EQ(state(1), v1::PAGE_HEALTH_STATE_OK);  // dormant: nobody is meant to ask
  EXPECT_EQ(state(2),
            v1::PAGE_HEALTH_STATE_OK);  // polled every five minutes: ten intervals are longer
  clock.Advance(absl::Minutes(40));
  EXPECT_EQ(state(2), v1::PAGE_HEALTH_STATE_STALE);
}

struct HealthCase {
  const char* name;
  v1::PageHealthState reported;
  int success_minutes_ago;  // below 0: never
  int attempt_minutes_ago;
  v1::PageHealthState shown;
};

class HealthAtTest : public ::testing::TestWithParam<HealthCase> {};

TEST_P(HealthAtTest, ShowsTheMostTellingWord) {
  const absl::Time now = At("2024-09-01T12:00:00Z");
  v1::PageHealth reported;
  reported.set_state(GetParam().reported);
  if (GetParam().success_minutes_ago >= 0) {
    *reported.mutable_last_success_at() =
        wire::ToProto(now - absl::Minutes(GetParam().success_minutes_ago));
  }
  if (GetParam().attempt_minutes_ago >= 0) {
    *reported.mutable_last_attempt_at() =
        wire::ToProto(now - absl::Minutes(GetParam().attempt_minutes_ago));
  }
  EXPECT_EQ(HealthAt(now, absl::Seconds(60), reported).state(), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Each, HealthAtTest,
    ::testing::Values(
        HealthCase{"fresh", v1::PAGE_HEALTH_STATE_OK, 1, 1, v1::PAGE_HEALTH_STATE_OK},
        HealthCase{"frozen", v1::PAGE_HEALTH_STATE_FROZEN, 1, 1, v1::PAGE_HEALTH_STATE_FROZEN},
        HealthCase{"old_success", v1::PAGE_HEALTH_STATE_OK, 11, 11, v1::PAGE_HEALTH_STATE_STALE},
        HealthCase{"still_failing", v1::PAGE_HEALTH_STATE_UNREACHABLE, 60, 1,
                   v1::PAGE_HEALTH_STATE_UNREACHABLE},
        HealthCase{"gave_up_failing", v1::PAGE_HEALTH_STATE_UNREACHABLE, 60, 60,
                   v1::PAGE_HEALTH_STATE_STALE},
        HealthCase{"never_worked_but_tried", v1::PAGE_HEALTH_STATE_WRONG_CONTENT, -1, 1,
                   v1::PAGE_HEALTH_STATE_WRONG_CONTENT},
        HealthCase{"never_worked_long_ago", v1::PAGE_HEALTH_STATE_RATE_LIMITED, -1, 60,
                   v1::PAGE_HEALTH_STATE_STALE},
        HealthCase{"claims_ok_without_success", v1::PAGE_HEALTH_STATE_OK, 60, 1,
                   v1::PAGE_HEALTH_STATE_STALE},
        HealthCase{"never_tried", v1::PAGE_HEALTH_STATE_UNSPECIFIED, -1, -1,
                   v1::PAGE_HEALTH_STATE_UNSPECIFIED}),
    [](const auto& param_info) { return std::string(param_info.param.name); });

TEST_F(CatalogQueriesTest, CountsActivePagesAndThoseThatAreStale) {
  const auto fresh = [&](const std::string& page, const std::string& time) {
    *health.pages[page].mutable_last_success_at() = wire::ToProto(At(time));
  };
  const Names names = NamesOf(catalog);
  const auto counts = [&] {
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
    for (const SourceCount& count : queries.CountSources(names)) {
      pairs.emplace_back(count.sources, count.stale);
    }
    return pairs;
  };
  using Pair = std::pair<std::int64_t, std::int64_t>;
  EXPECT_THAT(counts(), ElementsAre(Pair(1, 1), Pair(1, 1)));
  fresh("openai", "2024-09-01T11:50:00Z");
  fresh("openai-old", "2024-09-01T11:59:00Z");
  fresh("anthropic", "2024-09-01T11:09:59Z");
  EXPECT_THAT(counts(), ElementsAre(Pair(1, 0), Pair(1, 1)));
}

}  // namespace
}  // namespace fails::analytics
