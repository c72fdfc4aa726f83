// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/query/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/time.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::HasSubstr;
using testing::QueryOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

std::shared_ptr<const Snapshot> SomeData() {
  return SnapshotOf({
      Resolved("openai/a", {"openai/chatgpt"}, "2024-01-10T23:30:00Z", 60),
      Resolved("anthropic/b", {"anthropic/api", "anthropic/claude"}, "2024-02-01T00:00:00Z", 60),
      Resolved("stability-ai/c", {}, "2024-03-01T00:00:00Z", 60),
      With(Resolved("openai/d", {"openai/api"}, "2024-01-05T12:00:00Z", 60),
           [](auto& r) { r.impact = Impact::kMaintenance; }),
  });
}

std::vector<std::string> Services(const Snapshot& snapshot, const Query& query) {
  std::vector<std::string> ids;
  for (const ServiceIndex s : query.services) ids.push_back(snapshot.names().service(s).str());
  return ids;
}

bool TakesUnnamed(const Snapshot& snapshot, const Query& query, const std::string& provider) {
  return query.takes_unnamed[*snapshot.names().Find(ProviderId(provider))];
}

TEST(ResolveQuery, FillsInTheDefaults) {
  const auto snapshot = SomeData();
  const Query query = QueryOf(*snapshot);
  EXPECT_EQ(Services(*snapshot, query),
            (std::vector<std::string>{"openai/api", "openai/chatgpt", "anthropic/api",
                                      "anthropic/claude"}));
  EXPECT_EQ(query.from, At("2024-01-05T00:00:00Z"));  // of the maintenance: any kind counts
  EXPECT_EQ(query.to, At("2024-09-01T00:00:00Z"));
  EXPECT_EQ(query.now, At("2024-09-01T00:00:00Z"));
  EXPECT_EQ(query.tz_name, "UTC");
  EXPECT_FALSE(query.include_maintenance);
  EXPECT_FALSE(query.include_inconsistent);
  EXPECT_EQ(query.impacts.size(), 6u);
  EXPECT_EQ(query.basis, "");
  EXPECT_EQ(query.start, StartBasis::kReport);
}

TEST(ResolveQuery, TheFirstDayBeginsAtMidnightOfTheZone) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/a", {"openai/api"}, "2024-01-10T05:00:00Z", 60)});
  EXPECT_EQ(QueryOf(*snapshot, {.tz = "America/Los_Angeles"}).from, At("2024-01-09T08:00:00Z"));
  EXPECT_EQ(QueryOf(*snapshot, {.tz = "Asia/Tokyo"}).from, At("2024-01-09T15:00:00Z"));
  // The impact starts a day earlier, and counts when the query asks for it.
  const auto stated =
      SnapshotOf({With(Resolved("openai/a", {}, "2024-01-10T05:00:00Z", 60),
                       [](auto& r) { r.impact_started_at = At("2024-01-09T05:00:00Z"); })});
  EXPECT_EQ(QueryOf(*stated, {.start = "impact"}).from, At("2024-01-09T00:00:00Z"));
}

TEST(ResolveQuery, DefaultsNeverMakeAnEmptyRangeAnError) {
  const auto none = SnapshotOf({});
  EXPECT_EQ(QueryOf(*none).from, At("2024-08-31T00:00:00Z"));
  EXPECT_TRUE(QueryOf(*none).services.empty());
  const auto snapshot = SomeData();
  EXPECT_EQ(QueryOf(*snapshot, {.to = "2020-01-01T00:00:00Z"}).from, At("2019-12-31T00:00:00Z"));
  EXPECT_EQ(QueryOf(*snapshot, {.now = "2020-01-01T12:00:00Z"}).from, At("2020-01-01T00:00:00Z"));
}

TEST(ResolveQuery, TakesWhatIsGiven) {
  const auto snapshot = SomeData();
  const Query query =
      QueryOf(*snapshot, {.services = {"anthropic/claude", "openai/playground", "anthropic/claude"},
                          .from = "2024-01-01T00:00:00.5+02:00",
                          .to = "2024-02-01T00:00:00Z",
                          .tz = "Europe/Berlin",
                          .include = {"inconsistent", "maintenance"},
                          .impact = {"unknown", "critical", "critical"},
                          .start = "impact",
                          .now = "2024-03-01T00:00:00Z"});
  EXPECT_EQ(Services(*snapshot, query),
            (std::vector<std::string>{"openai/playground", "anthropic/claude"}));
  EXPECT_EQ(query.from, At("2023-12-31T22:00:00.5Z"));
  EXPECT_EQ(query.from_second, absl::ToUnixSeconds(At("2023-12-31T22:00:01Z")));
  EXPECT_EQ(query.to_second, absl::ToUnixSeconds(At("2024-02-01T00:00:00Z")));
  EXPECT_EQ(query.now, At("2024-03-01T00:00:00Z"));
  EXPECT_TRUE(query.include_maintenance);
  EXPECT_TRUE(query.include_inconsistent);
  EXPECT_EQ(query.impacts, (std::vector{Impact::kCritical, Impact::kUnknown}));
  EXPECT_EQ(query.start, StartBasis::kImpact);
}

TEST(ResolveQuery, IncidentsWithoutAServiceBelongToTheWholeProvider) {
  const auto snapshot = SomeData();
  const Query all = QueryOf(*snapshot);
  const Query claude = QueryOf(*snapshot, {.services = {"anthropic/claude"}});
  const Query anthropic = QueryOf(*snapshot, {.services = {"anthropic/claude", "anthropic/api"}});
  const Query stability = QueryOf(*snapshot, {.services = {"stability-ai/rest-api"}});
  const Query all_named =
      QueryOf(*snapshot,
              {.services = {"anthropic/claude", "anthropic/api", "openai/api", "openai/chatgpt"}});
  EXPECT_TRUE(TakesUnnamed(*snapshot, all, "anthropic"));
  EXPECT_FALSE(TakesUnnamed(*snapshot, claude, "anthropic"));
  EXPECT_TRUE(TakesUnnamed(*snapshot, anthropic, "anthropic"));
  EXPECT_FALSE(TakesUnnamed(*snapshot, anthropic, "openai"));
  // The data knows no service of this provider: everything, or one of its catalogued ones, must be
  // chosen.
  EXPECT_TRUE(TakesUnnamed(*snapshot, all, "stability-ai"));
  EXPECT_TRUE(TakesUnnamed(*snapshot, all_named, "stability-ai"));
  EXPECT_FALSE(TakesUnnamed(*snapshot, claude, "stability-ai"));
  EXPECT_TRUE(TakesUnnamed(*snapshot, stability, "stability-ai"));
}

TEST(ResolveQuery, BasisDefaultsToTheFirstAndIsCheckedAgainstTheAnalysis) {
  const auto snapshot = SomeData();
  const std::string_view bases[] = {"incidents", "outages"};
  const absl::Time now = At("2024-09-01T00:00:00Z");
  EXPECT_EQ(ResolveQuery({}, *snapshot, now, bases)->basis, "incidents");
  EXPECT_EQ(ResolveQuery({.basis = "outages"}, *snapshot, now, bases)->basis, "outages");
  EXPECT_THAT(ResolveQuery({.basis = "guesses"}, *snapshot, now, bases).status().ToString(),
              HasSubstr("basis: 'guesses' is not one of incidents, outages"));
}

struct BadQuery {
  const char* name;
  QueryText text;
  const char* complaint;
};

class BadQueries : public ::testing::TestWithParam<BadQuery> {};

TEST_P(BadQueries, AreRefusedWithFieldAndValue) {
  const auto snapshot = SomeData();
  const auto query = ResolveQuery(GetParam().text, *snapshot, At("2024-09-01T00:00:00Z"), {});
  EXPECT_EQ(query.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(query.status().ToString(), HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    Each, BadQueries,
    ::testing::Values(
        BadQuery{"service", {.services = {"openai/none"}}, "services: 'openai/none'"},
        BadQuery{"empty_service", {.services = {""}}, "services: ''"},
        BadQuery{"from", {.from = "yesterday"}, "from: 'yesterday' is not an RFC 3339 time"},
        BadQuery{
            "from_without_zone", {.from = "2024-01-01T00:00:00"}, "from: '2024-01-01T00:00:00'"},
        BadQuery{"to", {.to = "2024-13-01T00:00:00Z"}, "to: '2024-13-01T00:00:00Z'"},
        BadQuery{"now", {.now = "infinite-future"}, "now: 'infinite-future'"},
        BadQuery{"year", {.to = "12024-01-01T00:00:00Z"}, "to: '12024-01-01T00:00:00Z'"},
        BadQuery{"order",
                 {.from = "2024-02-01T00:00:00Z", .to = "2024-01-01T00:00:00Z"},
                 "from: '2024-02-01T00:00:00Z' is not before to: '2024-01-01T00:00:00Z'"},
        BadQuery{"empty_range",
                 {.from = "2024-02-01T00:00:00Z", .to = "2024-02-01T00:00:00Z"},
                 "from: '2024-02-01T00:00:00Z' is not before"},
        BadQuery{"future",
                 {.from = "2025-01-01T00:00:00Z"},
                 "from: '2025-01-01T00:00:00Z' is not before to: '2024-09-01T00:00:00Z'"},
        BadQuery{"beginning", {.to = "0001-01-01T00:00:00Z"}, "to: '0001-01-01T00:00:00Z'"},
        BadQuery{"tz", {.tz = "Mars/Olympus"}, "tz: 'Mars/Olympus' is not a time zone"},
        BadQuery{"tz_path", {.tz = "../../etc/passwd"}, "tz: '../../etc/passwd'"},
        BadQuery{"include", {.include = {"everything"}}, "include: 'everything'"},
        BadQuery{"empty_include", {.include = {""}}, "include: ''"},
        BadQuery{"impact", {.impact = {"minor", "huge"}}, "impact: 'huge'"},
        BadQuery{"basis", {.basis = "outages"}, "basis: 'outages'"},
        BadQuery{"start", {.start = "never"}, "start: 'never' is not one of report, impact"}),
    [](const auto& param_info) { return std::string(param_info.param.name); });

TEST(ResolveQuery, NamesEverythingThatIsWrongAtOnce) {
  const auto snapshot = SomeData();
  const auto query = ResolveQuery({.services = {"x"}, .from = "y", .tz = "z"}, *snapshot,
                                  At("2024-09-01T00:00:00Z"), {});
  const std::string complaint = query.status().ToString();
  for (const char* field : {"services: 'x'", "from: 'y'", "tz: 'z'"}) {
    EXPECT_THAT(complaint, HasSubstr(field));
  }
}

TEST(QueryKey, IsEqualForEqualQuestionsOnly) {
  const auto snapshot = SomeData();
  const auto key = [&](const QueryText& text) {
    return QueryOf(*snapshot, text).Key(snapshot->names());
  };
  EXPECT_EQ(key({}), key({.tz = "UTC", .start = "report", .now = "2024-09-01T00:00:00Z"}));
  EXPECT_EQ(key({.services = {"openai/api", "anthropic/api"}}),
            key({.services = {"anthropic/api", "openai/api", "openai/api"}}));
  EXPECT_EQ(key({.impact = {"none", "minor", "major", "critical", "maintenance", "unknown"}}),
            key({}));
  std::vector<std::string> keys = {
      key({}),
      key({.services = {"openai/api"}}),
      key({.from = "2024-01-01T00:00:00Z"}),
      key({.from = "2024-01-01T00:00:00.000000001Z"}),
      // Beyond what 64 bits of nanoseconds hold.
      key({.from = "0001-01-01T00:00:00Z"}),
      key({.from = "1000-01-01T00:00:00Z"}),
      key({.to = "3000-01-01T00:00:00Z"}),
      key({.to = "9999-01-01T00:00:00Z"}),
      key({.to = "2024-06-01T00:00:00Z"}),
      key({.tz = "Asia/Tokyo"}),
      key({.include = {"maintenance"}}),
      key({.include = {"inconsistent"}}),
      key({.impact = {"major"}}),
      key({.start = "impact"}),
      key({.to = "2024-09-01T00:00:00Z", .now = "2024-09-01T00:00:01Z"}),
  };
  std::ranges::sort(keys);
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
}

}  // namespace
}  // namespace fails::analytics
