// SPDX-License-Identifier: Apache-2.0
// What every analysis owes, whichever it is: the contract over the whole registry.
#include "services/analytics/analyses/registry.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/field_comparator.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/check_finite.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::At;
using ::testing::ElementsAre;
using ::testing::MatchesRegex;
using testing::Never;
using testing::Ongoing;
using testing::OutageOn;
using testing::QueryOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

// NaN, the absent value of a list, equals itself.
bool Same(const v1::Analysis& a, const v1::Analysis& b) {
  google::protobuf::util::DefaultFieldComparator comparator;
  comparator.set_treat_nan_as_equal(true);
  MessageDifferencer differencer;
  differencer.set_field_comparator(&comparator);
  return differencer.Compare(a, b);
}

struct DataSet {
  std::string name;
  std::shared_ptr<const Snapshot> snapshot;
};

std::vector<IncidentRow> Mixed() {
  std::vector<IncidentRow> rows;
  for (int i = 0; i < 60; ++i) {
    const std::string provider = i % 3 == 0 ? "anthropic" : "openai";
    std::vector<std::string> services;
    if (i % 7 != 0) services.push_back(provider + "/api");
    if (i % 4 == 0) services.push_back(i % 3 == 0 ? "anthropic/claude" : "openai/chatgpt");
    const absl::Time start = At("2023-11-20T05:00:00Z") + absl::Hours(61 * i);
    rows.push_back(With(Resolved(provider + "/" + std::to_string(i), services,
                                 absl::FormatTime(start, absl::UTCTimeZone()), 7 * i),
                        [&](auto& r) {
                          r.impact = static_cast<Impact>(i % 6);
                          r.stages.identified = start + absl::Minutes(i);
                          if (i % 11 == 0) r.ongoing = true;
                          if (i % 13 == 0) r.stages.investigating.reset();
                        }));
  }
  return rows;
}

// Outages of two services that share some days.
std::vector<OutageDayRow> MixedCalendars() {
  std::vector<OutageDayRow> rows;
  for (int i = 0; i < 120; ++i) {
    const std::string date = absl::FormatCivilTime(absl::CivilDay(2023, 12, 1) + i);
    rows.push_back(OutageOn("openai/api", date, i % 5 == 0 ? 30 : 0, 0));
    rows.push_back(OutageOn("openai/chatgpt", date, 0, i % 3 == 0 ? 20 : 0));
  }
  return rows;
}

// Odd but possible data, each of which must give a defined answer.
std::vector<DataSet> DataSets() {
  const std::string across = "2023-12-31T23:59:59Z";
  return {
      {"none", SnapshotOf({})},
      {"one", SnapshotOf({Resolved("openai/1", {"openai/api"}, across, 5)})},
      {"one_without_service", SnapshotOf({Resolved("openai/1", {}, across, 5)})},
      {"one_unknown_to_the_catalog",
       SnapshotOf({Resolved("mistral/1", {"mistral/le-chat"}, across, 5)})},
      {"no_start", SnapshotOf({With(Ongoing("openai/1", {"openai/api"}, across),
                                    [](auto& r) { r.stages = {}; })})},
      {"all_ongoing", SnapshotOf({Ongoing("openai/1", {"openai/api"}, across),
                                  Ongoing("openai/2", {"openai/api"}, across)})},
      {"all_maintenance", SnapshotOf({With(Resolved("openai/1", {"openai/api"}, across, 5),
                                           [](auto& r) { r.impact = Impact::kMaintenance; })})},
      {"zero_length", SnapshotOf({Resolved("openai/1", {"openai/api"}, across, 0)})},
      {"same_instant", SnapshotOf({Resolved("openai/1", {"openai/api"}, across, 5),
                                   Resolved("openai/2", {"openai/api"}, across, 5)})},
      {"a_millisecond_apart",
       SnapshotOf({Resolved("openai/1", {"openai/api"}, "2023-12-31T23:59:59.000Z", 5),
                   Resolved("openai/2", {"openai/api"}, "2023-12-31T23:59:59.001Z", 5)})},
      {"of_400_days",
       SnapshotOf({Resolved("openai/1", {"openai/api"}, "2022-01-01T00:00:00Z", 400 * 24 * 60)})},
      {"mixed", SnapshotOf(Mixed())},
      {"calendars_alone", SnapshotOf({}, MixedCalendars())},
      {"mixed_with_calendars", SnapshotOf(Mixed(), MixedCalendars())},
      {"over_both_clock_changes",
       SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-10T08:30:00Z", 120),
                   Resolved("openai/2", {"openai/api"}, "2024-03-10T07:30:00Z", 24 * 60),
                   Resolved("openai/3", {"openai/api"}, "2023-11-05T07:30:00Z", 25 * 60)})},
  };
}

class EveryAnalysis : public ::testing::TestWithParam<const Analysis*> {
 protected:
  v1::Analysis Answer(const Snapshot& snapshot, const QueryText& text = {}) {
    const Analysis& analysis = *GetParam();
    const auto query = ResolveQuery(text, snapshot, At("2024-09-01T00:00:00Z"), analysis.bases());
    EXPECT_TRUE(query.ok()) << query.status();
    auto answer = Compute(analysis, snapshot, *query, Never);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return *std::move(answer);
  }
};

TEST_P(EveryAnalysis, IsDescribed) {
  const v1::AnalysisDescriptor descriptor = Describe(*GetParam());
  EXPECT_THAT(descriptor.id(), MatchesRegex("[a-z][a-z-]*[a-z]"));
  EXPECT_FALSE(descriptor.title().empty());
  EXPECT_TRUE(descriptor.description().ends_with('.')) << descriptor.description();
  EXPECT_NE(descriptor.shape(), v1::ANALYSIS_SHAPE_UNSPECIFIED);
  std::vector<std::string> names;
  for (const auto& parameter : descriptor.parameters()) {
    names.push_back(parameter.name());
    EXPECT_FALSE(parameter.description().empty());
    EXPECT_NE(parameter.type(), v1::PARAMETER_TYPE_UNSPECIFIED);
    if (parameter.type() == v1::PARAMETER_TYPE_CHOICE) {
      EXPECT_THAT(parameter.allowed(), ::testing::Contains(parameter.default_value()));
    }
  }
  std::vector<std::string> expected = {"services", "from", "to", "tz", "include", "impact"};
  if (!GetParam()->bases().empty()) expected.emplace_back("basis");
  expected.emplace_back("start");
  if (GetParam()->measures_slo()) expected.emplace_back("slo");
  expected.emplace_back("now");
  EXPECT_EQ(names, expected);
}

TEST_P(EveryAnalysis, StandsInTheFileOfItsName) {
  std::string file(GetParam()->id());
  std::ranges::replace(file, '-', '_');
  EXPECT_TRUE(std::ifstream(std::string(FAILS_SOURCE_DIR) + "/services/analytics/analyses/" + file +
                            ".cpp"))
      << file;
}

TEST_P(EveryAnalysis, AnswersOddDataWithDefinedNumbers) {
  std::vector<std::string_view> bases = GetParam()->bases();
  if (bases.empty()) bases.emplace_back("");
  for (const DataSet& data : DataSets()) {
    for (const std::string_view basis : bases) {
      for (const QueryText& text :
           {QueryText{}, QueryText{.include = {"maintenance", "inconsistent"}, .start = "impact"},
            QueryText{.tz = "America/Los_Angeles"},
            // Half an hour of summer time, and three quarters off the hour.
            QueryText{.tz = "Australia/Lord_Howe"}, QueryText{.tz = "Asia/Kathmandu"}}) {
        SCOPED_TRACE(data.name);
        QueryText with_basis = text;
        with_basis.basis = basis;
        const v1::Analysis answer = Answer(*data.snapshot, with_basis);
        EXPECT_THAT(testing::NotFinite(answer), ElementsAre());
        EXPECT_NE(answer.result_case(), v1::Analysis::RESULT_NOT_SET);
        EXPECT_EQ(answer.id(), GetParam()->id());
        EXPECT_GT(answer.method().size(), 50u);
        for (const auto& [reason, count] : answer.excluded()) EXPECT_GT(count, 0) << reason;
      }
    }
  }
}

TEST_P(EveryAnalysis, UsedAndExcludedAreAllThatBelong) {
  const auto snapshot = SnapshotOf(Mixed());
  const v1::Analysis answer = Answer(*snapshot);
  const Query query = *ResolveQuery({}, *snapshot, At("2024-09-01T00:00:00Z"), GetParam()->bases());
  const Demands demands = GetParam()->demands(query);
  std::int64_t belong = 0;
  for (Snapshot::Row row = 0; demands.incidents && row < snapshot->rows(); ++row) {
    belong += Belongs(snapshot->at(row), query, demands.downtime) ? 1 : 0;
  }
  std::int64_t counted = answer.n();
  for (const auto& [reason, count] : answer.excluded()) counted += count;
  EXPECT_EQ(counted, belong);
}

TEST_P(EveryAnalysis, TheFilterChangesTheResult) {
  const auto snapshot = SnapshotOf(Mixed(), MixedCalendars());
  std::vector<std::string_view> bases = GetParam()->bases();
  if (bases.empty()) bases.emplace_back("");
  for (const std::string_view basis : bases) {
    const v1::Analysis all = Answer(*snapshot, {.basis = std::string(basis)});
    for (QueryText text :
         {QueryText{.services = {"openai/chatgpt"}}, QueryText{.from = "2024-02-01T00:00:00Z"},
          QueryText{.impact = {"critical"}}}) {
      // Calendars know no impact.
      if (basis == "outages" && !text.impact.empty()) continue;
      text.basis = basis;
      v1::Analysis other = Answer(*snapshot, text);
      // Only what was computed is compared.
      other.clear_query();
      v1::Analysis base = all;
      base.clear_query();
      EXPECT_FALSE(Same(base, other)) << basis << text.services.size() << text.from;
    }
  }
}

// What is cut by the clock is cut elsewhere in another zone; nothing else changes with it.
TEST_P(EveryAnalysis, TheZoneChangesTheResultWhereItApplies) {
  const std::set<std::string_view> by_the_clock = {
      "weekday-distribution",     "hourly-distribution",
      "daily-availability",       "cooccurrence-matrix",
      "cooccurrence-probability", "incident-outage-timeline",
      "autocorrelation",          "trend"};
  // Calendars are matched by their dates, whatever the zone.
  const std::string_view basis = GetParam()->bases().empty() ? "" : "incidents";
  const auto snapshot = SnapshotOf(Mixed());
  const auto computed = [&](const std::string& tz) {
    v1::Analysis answer = Answer(*snapshot, {.from = "2023-11-01T00:00:00Z",
                                             .to = "2024-08-01T00:00:00Z",
                                             .tz = tz,
                                             .basis = std::string(basis)});
    answer.clear_query();
    answer.clear_method();
    return answer;
  };
  const v1::Analysis utc = computed("UTC");
  bool changes = false;
  for (const char* tz : {"America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"}) {
    changes |= !Same(utc, computed(tz));
  }
  EXPECT_EQ(changes, by_the_clock.contains(GetParam()->id()));
}

TEST_P(EveryAnalysis, EqualQueriesGiveEqualAnswers) {
  const auto snapshot = SnapshotOf(Mixed());
  EXPECT_TRUE(Same(Answer(*snapshot), Answer(*snapshot)));
}

TEST_P(EveryAnalysis, TheOrderOfTheDataDoesNotMatter) {
  std::vector<IncidentRow> rows = Mixed();
  const v1::Analysis forward = Answer(*SnapshotOf(rows));
  std::ranges::reverse(rows);
  EXPECT_TRUE(Same(forward, Answer(*SnapshotOf(rows))));
}

TEST_P(EveryAnalysis, StopsWhenNobodyWaits) {
  const auto snapshot = SnapshotOf(Mixed());
  const Query query = *ResolveQuery({}, *snapshot, At("2024-09-01T00:00:00Z"), GetParam()->bases());
  const auto answer = Compute(*GetParam(), *snapshot, query, [] { return true; });
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kCancelled);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryAnalysis,
                         ::testing::ValuesIn(AllAnalyses().begin(), AllAnalyses().end()),
                         [](const auto& param_info) {
                           std::string name(param_info.param->id());
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Registry, IdsAreUniqueAndFound) {
  std::set<std::string_view> ids;
  for (const Analysis* analysis : AllAnalyses()) {
    EXPECT_TRUE(ids.insert(analysis->id()).second) << analysis->id();
    EXPECT_EQ(FindAnalysis(analysis->id()), analysis);
  }
  EXPECT_FALSE(ids.empty());
  EXPECT_EQ(FindAnalysis("ttr"), nullptr);
  EXPECT_EQ(FindAnalysis(""), nullptr);
}

}  // namespace
}  // namespace fails::analytics
