// SPDX-License-Identifier: Apache-2.0
// reliability-summary and data-quality, with figures worked out by hand; the parameter `slo`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/counted_cells.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using testing::At;
using ::testing::ElementsAre;
using testing::GroupOf;
using ::testing::HasSubstr;
using testing::Never;
using testing::Ongoing;
using testing::OutageOn;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

constexpr absl::string_view kNow = "2024-09-01T00:00:00Z";

v1::SummaryResult Summary(const Snapshot& snapshot, const QueryText& text = {}) {
  const Analysis& analysis = *FindAnalysis("reliability-summary");
  const auto query = ResolveQuery(text, snapshot, At(std::string(kNow)), analysis.bases(),
                                  analysis.measures_slo());
  return Compute(analysis, snapshot, query.value(), Never).value().summary();
}

TEST(ReliabilitySummary, ByHand) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2023-08-01T00:00:00Z", 60),
      // Reaches an hour into the last 30 days, which begin on August 2.
      Resolved("openai/2", {"openai/api", "openai/chatgpt"}, "2024-08-01T22:00:00Z", 180),
      Resolved("openai/3", {"openai/api"}, "2024-08-20T00:00:00Z", 120),
      Resolved("openai/4", {"openai/chatgpt"}, "2024-08-20T01:00:00Z", 120),
      Ongoing("openai/5", {}, "2024-08-31T23:00:00Z"),
  });
  const auto summary = Summary(*snapshot);
  EXPECT_EQ(summary.unit(), "seconds");
  EXPECT_EQ(summary.slo(), 99.9);
  ASSERT_EQ(summary.groups_size(), 3);
  EXPECT_EQ(summary.groups(0).group(), "openai");
  EXPECT_TRUE(summary.groups(0).is_provider());
  EXPECT_FALSE(summary.groups(1).is_provider());

  const auto& api = GroupOf(summary, "openai/api");
  EXPECT_EQ(api.incidents(), 3);
  EXPECT_EQ(api.ongoing(), 0);
  EXPECT_EQ(api.mttr().n(), 3);
  EXPECT_DOUBLE_EQ(api.mttr().value(), 120 * 60);
  EXPECT_LT(api.mttr().ci95().low(), 7200);
  EXPECT_EQ(api.mtbf().n(), 2);
  EXPECT_DOUBLE_EQ(api.mtbf().value(), (385 * 86'400) / 2.0);
  EXPECT_EQ(api.longest_incident(), "openai/2");
  EXPECT_EQ(api.longest_seconds(), 180 * 60);
  ASSERT_EQ(api.availability_size(), 4);
  EXPECT_EQ(api.availability(0).days(), 7);
  EXPECT_EQ(api.availability(0).availability(), 100);
  EXPECT_EQ(api.availability(0).incidents(), 0);
  EXPECT_EQ(api.availability(0).error_budget_used(), 0);
  const auto& month = api.availability(1);
  EXPECT_EQ(month.days(), 30);
  EXPECT_EQ(month.downtime_seconds(), (60 + 120) * 60);
  EXPECT_EQ(month.incidents(), 2);
  EXPECT_DOUBLE_EQ(month.availability(), 100 * (30 * 1440 - 180) / (30.0 * 1440));
  EXPECT_NEAR(month.error_budget_used(), 100 * 180 / (30 * 1440 * 0.001), 1e-6);
  EXPECT_EQ(api.availability(2).downtime_seconds(), 300 * 60);
  EXPECT_EQ(api.availability(3).downtime_seconds(), 300 * 60);

  // Down while either service is, and while the one without services goes on.
  const auto& openai = summary.groups(0);
  EXPECT_EQ(openai.incidents(), 5);
  EXPECT_EQ(openai.ongoing(), 1);
  EXPECT_EQ(openai.mttr().n(), 4);
  EXPECT_EQ(openai.mtbf().n(), 4);
  EXPECT_EQ(openai.availability(0).downtime_seconds(), 3600);
  EXPECT_EQ(openai.availability(1).downtime_seconds(), (60 + 180 + 60) * 60);
}

TEST(ReliabilitySummary, WindowsEndNowWhateverTheRange) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2023-01-01T00:00:00Z", 60),
      Resolved("openai/2", {"openai/api"}, "2024-08-31T00:00:00Z", 144),
  });
  const auto summary =
      Summary(*snapshot, {.from = "2023-01-01T00:00:00Z", .to = "2024-01-01T00:00:00Z"});
  const auto& api = GroupOf(summary, "openai/api");
  EXPECT_EQ(api.incidents(), 1);
  EXPECT_EQ(api.longest_incident(), "openai/1");
  EXPECT_EQ(api.availability(0).downtime_seconds(), 144 * 60);
  EXPECT_EQ(api.availability(0).incidents(), 1);
}

TEST(ReliabilitySummary, AWindowBeginsWhenTheServiceIsKnown) {
  // Known for a day: a quarter of it down.
  const auto by_incident =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-08-31T00:00:00Z", 360)});
  const auto of_a_day = Summary(*by_incident);
  for (const auto& window : GroupOf(of_a_day, "openai/api").availability()) {
    EXPECT_EQ(window.availability(), 75) << window.days();
  }
  const auto by_calendar =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-08-31T00:00:00Z", 360)},
                 {OutageOn("openai/api", "2024-08-30", 0, 0)});
  EXPECT_EQ(GroupOf(Summary(*by_calendar), "openai/api").availability(3).availability(), 87.5);
  // Nothing is known of a service that only the catalogue has.
  const auto summary = Summary(*by_calendar, {.services = {"anthropic/claude"}});
  const auto& unknown = GroupOf(summary, "anthropic/claude");
  EXPECT_FALSE(unknown.availability(0).has_availability());
  EXPECT_FALSE(unknown.availability(0).has_error_budget_used());
  EXPECT_FALSE(unknown.mttr().has_value());
  EXPECT_EQ(unknown.mttr().n(), 0);
  EXPECT_EQ(unknown.longest_incident(), "");
  EXPECT_FALSE(unknown.has_longest_seconds());
}

TEST(ReliabilitySummary, OfEquallyLongIncidentsTheEarliest) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/3", {"openai/api"}, "2024-03-02T00:00:00Z", 60),
      Resolved("openai/2", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
      Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
  });
  EXPECT_EQ(GroupOf(Summary(*snapshot), "openai/api").longest_incident(), "openai/1");
  const Query query = testing::QueryOf(*snapshot);
  EXPECT_THAT(testing::RowsOfCell(*FindAnalysis("reliability-summary"), *snapshot, query,
                                  "group:openai/api;longest:true")
                  .value(),
              ElementsAre(2));
}

TEST(ReliabilitySummary, RefusesCellsOfOtherWindows) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-08-31T00:00:00Z", 60)});
  const Query query = testing::QueryOf(*snapshot);
  for (const char* bad :
       {"group:openai;days:8", "group:openai;days:week", "group:openai;longest:yes",
        "group:openai;longest:true;days:7", "days:7", "group:openai/labs"}) {
    const auto rows =
        testing::RowsOfCell(*FindAnalysis("reliability-summary"), *snapshot, query, bad);
    EXPECT_EQ(rows.status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST(Slo, IsWhatTheBudgetIsMeasuredAgainst) {
  const auto snapshot =
      SnapshotOf({Resolved("openai/0", {"openai/api"}, "2024-01-01T00:00:00Z", 0),
                  Resolved("openai/1", {"openai/api"}, "2024-08-31T00:00:00Z", 432)});
  const auto used = [&](const std::string& slo) {
    return GroupOf(Summary(*snapshot, {.slo = slo}), "openai/api")
        .availability(1)
        .error_budget_used();
  };
  // 432 of 43,200 minutes: 1 %.
  EXPECT_NEAR(used("99"), 100, 1e-6);
  EXPECT_NEAR(used("98"), 50, 1e-6);
  EXPECT_NEAR(used(""), 1000, 1e-6);
  EXPECT_EQ(Summary(*snapshot, {.slo = "99.5"}).slo(), 99.5);
}

TEST(Slo, StandsInTheQueryOnlyOfThoseThatTakeIt) {
  const auto snapshot = SnapshotOf({});
  const auto echoed = [&](const Analysis& analysis) {
    const auto query = ResolveQuery({}, *snapshot, At(std::string(kNow)), analysis.bases());
    return Compute(analysis, *snapshot, query.value(), Never).value().query();
  };
  for (const Analysis* analysis : AllAnalyses()) {
    const v1::EffectiveQuery query = echoed(*analysis);
    EXPECT_EQ(query.has_slo(), analysis->measures_slo()) << analysis->id();
    EXPECT_TRUE(!query.has_slo() || query.slo() == 99.9);
  }
  EXPECT_TRUE(FindAnalysis("reliability-summary")->measures_slo());
}

TEST(Slo, IsRefusedWhereItMeansNothing) {
  const auto snapshot = SnapshotOf({});
  const auto resolve = [&](const std::string& slo, bool measures) {
    return ResolveQuery({.slo = slo}, *snapshot, At(std::string(kNow)), {}, measures).status();
  };
  EXPECT_TRUE(resolve("99.95", true).ok());
  EXPECT_THAT(resolve("99.95", false).ToString(),
              HasSubstr("INVALID_ARGUMENT: slo: '99.95' is given"));
  for (const char* bad : {"100", "0", "-1", "many", "nan", "inf", "99,9"}) {
    EXPECT_THAT(resolve(bad, true).ToString(), HasSubstr(std::string("slo: '") + bad + "' is not"));
  }
}

TEST(DataQuality, ByHand) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/1", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
      Resolved("openai/2", {}, "2024-03-01T00:00:00Z", 60),
      With(Resolved("openai/3", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
           [](auto& r) { r.stages.investigating.reset(); }),  // so it has no length either
      With(Resolved("openai/4", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
           [](auto& r) { r.stages.monitoring = At("2024-03-01T02:00:00Z"); }),
      Resolved("openai/5", {"openai/api"}, "2024-03-01T00:00:00Z", 0),
      With(Resolved("openai/6", {"openai/api"}, "2024-03-01T00:00:00Z", 60),
           [](auto& r) { r.impact = Impact::kUnknown; }),
      Ongoing("openai/7", {"openai/api"}, "2024-08-25T00:00:00Z"),  // 7 days to the second
      Ongoing("openai/8", {"openai/api"}, "2024-08-24T23:59:59Z"),
      With(Resolved("openai/9", {}, "2024-03-01T00:00:00Z", 60),
           [](auto& r) { r.impact = Impact::kMaintenance; }),
      Resolved("anthropic/1", {"anthropic/api"}, "2024-03-01T00:00:00Z", 60),
  });
  const Analysis& analysis = *FindAnalysis("data-quality");
  const Query query = testing::QueryOf(*snapshot);
  const std::array<SourceCount, 2> sources = {SourceCount{3, 1}, SourceCount{1, 0}};
  const auto answer = Compute(analysis, *snapshot, query, Never, sources).value();
  EXPECT_EQ(answer.n(), 9);
  EXPECT_EQ(answer.excluded().size(), 1u);
  EXPECT_EQ(answer.excluded().at("maintenance"), 1);
  const auto& openai = GroupOf(answer.quality(), "openai");
  EXPECT_EQ(openai.incidents(), 8);
  EXPECT_EQ(openai.without_services(), 1);
  EXPECT_EQ(openai.without_pre_resolution_stage(), 1);
  EXPECT_EQ(openai.inconsistent(), 1);
  EXPECT_EQ(openai.zero_length(), 2);
  EXPECT_EQ(openai.unknown_impact(), 1);
  EXPECT_EQ(openai.ongoing_over_7_days(), 1);
  EXPECT_EQ(openai.sources(), 3);
  EXPECT_EQ(openai.sources_stale(), 1);
  EXPECT_EQ(GroupOf(answer.quality(), "anthropic").sources(), 1);
  EXPECT_EQ(GroupOf(answer.quality(), "anthropic").without_services(), 0);
  const auto cell = [&](const char* key) {
    return testing::RowsOfCell(analysis, *snapshot, query, key);
  };
  EXPECT_THAT(cell("provider:openai;flag:zero_length").value(), ElementsAre(2, 4));
  EXPECT_THAT(std::string(cell("provider:openai;flag:ugly").status().message()),
              HasSubstr("but the flags are without_services, "));
}

}  // namespace
}  // namespace fails::analytics
