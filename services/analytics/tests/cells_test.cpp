// SPDX-License-Identifier: Apache-2.0
// The incidents behind a number, for every analysis of the registry: as many as the number says,
// and no answer for a number that there is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/counted_cells.h"
#include "services/analytics/tests/support/invented.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using ::testing::HasSubstr;
using testing::Never;
using testing::RowsOfCell;

std::vector<QueryText> Questions() {
  return {
      {},
      {.include = {"maintenance", "inconsistent"}, .start = "impact"},
      {.services = {"openai/api", "anthropic/claude"}, .tz = "America/Los_Angeles"},
      {.from = "2023-06-01T00:00:00Z", .to = "2024-01-01T00:00:00Z", .tz = "Asia/Kathmandu"},
      {.impact = {"critical", "maintenance"}},
      {.services = {"stability-ai/rest-api"}},
  };
}

class EveryCell : public ::testing::TestWithParam<const Analysis*> {
 protected:
  const Analysis& analysis() const { return *GetParam(); }
  Query QueryFor(const QueryText& text) const {
    auto query = ResolveQuery(text, *snapshot_, At("2024-09-01T00:00:00Z"), analysis().bases(),
                              analysis().measures_slo());
    EXPECT_TRUE(query.ok()) << query.status();
    return *std::move(query);
  }
  // A key that the analysis understands.
  std::string SomeCell() const {
    for (const char* cell : {"group:openai/api", "group:openai", "provider:openai",
                             "row:openai/api;column:openai/api", "service:openai/api;bin:Monday",
                             "service:openai/api;bin:13", "group:openai/api;stage:repair"}) {
      if (RowsOfCell(analysis(), *snapshot_, QueryFor({}), cell).ok()) return cell;
    }
    ADD_FAILURE() << analysis().id() << " has no cell of the usual keys";
    return "";
  }

  const testing::Invented data_ = testing::Invent(7);
  const std::shared_ptr<const Snapshot> snapshot_ =
      testing::SnapshotOf(data_.incidents, data_.outage_days);
};

TEST_P(EveryCell, HasAsManyIncidentsAsItsNumberSays) {
  std::vector<std::string_view> bases = analysis().bases();
  if (bases.empty()) bases.emplace_back("");
  for (QueryText text : Questions()) {
    for (const std::string_view basis : bases) {
      text.basis = basis;
      const Query query = QueryFor(text);
      const auto answer = Compute(analysis(), *snapshot_, query, Never);
      ASSERT_TRUE(answer.ok()) << answer.status();
      for (const auto& [cell, count] : testing::CountedCells(*answer)) {
        const auto rows = RowsOfCell(analysis(), *snapshot_, query, cell);
        ASSERT_TRUE(rows.ok()) << cell << ": " << rows.status();
        EXPECT_EQ(static_cast<std::int64_t>(rows->size()), count)
            << cell << " from " << text.from << " basis " << basis;
        EXPECT_EQ(std::set<Snapshot::Row>(rows->begin(), rows->end()).size(), rows->size())
            << cell << " names an incident twice";
      }
    }
  }
}

TEST_P(EveryCell, HoldsOnlyIncidentsOfTheQuery) {
  const Query query = QueryFor({.services = {"openai/api"}, .from = "2023-06-01T00:00:00Z"});
  const std::string cell = SomeCell();
  const auto rows = RowsOfCell(analysis(), *snapshot_, query, cell);
  ASSERT_TRUE(rows.ok()) << rows.status();
  for (const Snapshot::Row row : *rows) {
    EXPECT_TRUE(Belongs(snapshot_->at(row), query, /*downtime=*/true)) << cell;
  }
}

TEST_P(EveryCell, IsRefusedWhenTheAnswerHasNoSuchNumber) {
  const Query query = QueryFor({});
  const std::string good = SomeCell();
  for (const std::string& cell : {
           std::string(""),
           std::string("colour:red"),
           good + ";colour:red",
           good + ";" + good,
           std::string("group"),
           std::string(";"),
           std::string(":x"),
           std::string("group:"),
           std::string("group:nobody/nothing"),
           std::string("provider:nobody"),
           std::string("service:nobody/nothing;bin:Monday"),
           std::string("row:nobody/nothing;column:openai/api"),
           std::string("bin:Monday"),
       }) {
    const auto rows = RowsOfCell(analysis(), *snapshot_, query, cell);
    EXPECT_EQ(rows.status().code(), absl::StatusCode::kInvalidArgument) << cell;
    EXPECT_THAT(std::string(rows.status().message()), HasSubstr("cell: '" + cell + "'"));
  }
}

TEST_P(EveryCell, KnowsOnlyWhatWasChosen) {
  const Query query = QueryFor({.services = {"anthropic/claude"}});
  EXPECT_EQ(RowsOfCell(analysis(), *snapshot_, query, SomeCell()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryCell,
                         ::testing::ValuesIn(AllAnalyses().begin(), AllAnalyses().end()),
                         [](const auto& param_info) {
                           std::string name(param_info.param->id());
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Cells, OfTheAnalysesOfTimeStages) {
  const auto snapshot = testing::SnapshotOf({
      testing::Resolved("openai/1", {"openai/api"}, "2024-03-04T10:00:00Z", 30),
      testing::Resolved("openai/2", {"openai/api", "openai/chatgpt"}, "2024-03-05T10:00:00Z", 60),
      testing::Resolved("openai/3", {}, "2024-03-05T11:00:00Z", 60),
  });
  const Query query = testing::QueryOf(*snapshot);
  const auto ids = [&](const char* analysis, const char* cell) {
    std::vector<std::string> found;
    const auto rows = RowsOfCell(*FindAnalysis(analysis), *snapshot, query, cell);
    EXPECT_TRUE(rows.ok()) << rows.status();
    for (const Snapshot::Row row : rows.value()) found.emplace_back(snapshot->at(row).id());
    std::ranges::sort(found);
    return found;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids("weekday-distribution", "service:openai/api;bin:Tuesday"), Ids{"openai/2"});
  EXPECT_EQ(ids("weekday-distribution", "provider:openai;bin:Tuesday"),
            (Ids{"openai/2", "openai/3"}));
  EXPECT_EQ(ids("hourly-distribution", "provider:openai;bin:11"), Ids{"openai/3"});
  EXPECT_EQ(ids("ttr-distribution", "group:openai/api;gt:1800;le:3600"), Ids{"openai/2"});
  EXPECT_EQ(ids("ttr-by-provider", "group:openai;gt:1800"), (Ids{"openai/2", "openai/3"}));
  // The one that ends the gap stands for it.
  EXPECT_EQ(ids("tbf-by-provider", "group:openai"), (Ids{"openai/2", "openai/3"}));
  EXPECT_EQ(ids("tbf-by-provider", "group:openai;le:3600"), Ids{"openai/3"});
  EXPECT_EQ(ids("status-combinations", "group:all;stages:S1_S4").size(), 3u);
  EXPECT_EQ(ids("status-combinations", "group:openai/chatgpt"), Ids{"openai/2"});
}

TEST(Cells, OfUnknownBinsStagesAndSets) {
  const auto snapshot = testing::SnapshotOf(
      {testing::Resolved("openai/1", {"openai/api"}, "2024-03-04T10:00:00Z", 30)});
  const Query query = testing::QueryOf(*snapshot);
  for (const auto& [analysis, cell] : std::vector<std::pair<std::string, std::string>>{
           {"weekday-distribution", "service:openai/api;bin:13"},
           {"weekday-distribution", "service:openai/api;bin:monday"},
           {"weekday-distribution", "service:openai/api"},
           {"weekday-distribution", "service:openai/api;provider:openai;bin:Monday"},
           {"hourly-distribution", "provider:openai;bin:24"},
           {"hourly-distribution", "provider:openai;bin:01"},
           {"ttr-distribution", "group:openai/api;gt:many"},
           {"ttr-distribution", "group:openai/api;le:nan"},
           {"ttr-by-provider", "group:openai/api"},
           {"resolution-stages", "group:openai/api"},
           {"resolution-stages", "group:openai/api;stage:resolved"},
           {"status-combinations", "group:openai/api;stages:S4_S1"},
           {"status-combinations", "group:openai/api;stages:S6"},
       }) {
    EXPECT_EQ(RowsOfCell(*FindAnalysis(analysis), *snapshot, query, cell).status().code(),
              absl::StatusCode::kInvalidArgument)
        << analysis << " " << cell;
  }
}

}  // namespace
}  // namespace fails::analytics
