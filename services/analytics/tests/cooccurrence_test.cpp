// SPDX-License-Identifier: Apache-2.0
// cooccurrence-matrix and cooccurrence-probability, with figures worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/analytics/analyses/registry.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/counted_cells.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::AnswerOf;
using testing::At;
using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsNan;
using testing::OutageOn;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

std::shared_ptr<const Snapshot> Study() {
  return SnapshotOf(
      {
          // api and chatgpt on the 1st and 2nd, chatgpt alone on the 4th, api alone on the 5th
          Resolved("openai/1", {"openai/api", "openai/chatgpt"}, "2024-03-01T23:00:00Z", 120),
          Resolved("openai/2", {"openai/chatgpt"}, "2024-03-04T10:00:00Z", 5),
          Resolved("openai/3", {"openai/api"}, "2024-03-05T10:00:00Z", 5),
          With(Resolved("openai/4", {"openai/api", "openai/chatgpt"}, "2024-03-06T10:00:00Z", 5),
               [](auto& r) { r.impact = Impact::kNone; }),
          Resolved("openai/5", {"openai/api", "openai/chatgpt"}, "2024-03-07T10:00:00Z", 0),
          Resolved("openai/6", {}, "2024-03-07T10:00:00Z", 5),
      },
      {OutageOn("openai/api", "2024-03-01", 0, 10), OutageOn("openai/api", "2024-03-02", 10, 0),
       OutageOn("openai/api", "2024-03-03", 0, 0), OutageOn("openai/api", "2024-03-04", 9, 9),
       OutageOn("openai/chatgpt", "2024-03-01", 0, 0),
       OutageOn("openai/chatgpt", "2024-03-04", 9, 9),
       OutageOn("anthropic/api", "2024-03-02", 0, 0)});
}

QueryText Text(const std::string& basis) {
  return {.services = {"openai/api", "openai/chatgpt", "openai/dall-e", "anthropic/api"},
          .from = "2024-03-01T00:00:00Z",
          .to = "2024-03-08T00:00:00Z",
          .basis = basis};
}

TEST(CooccurrenceMatrix, OfOutageDays) {
  const auto answer = AnswerOf("cooccurrence-matrix", *Study(), Text("outages"));
  EXPECT_EQ(answer.n(), 0);
  EXPECT_THAT(answer.excluded(), IsEmpty());
  const auto& matrix = answer.matrix();
  EXPECT_THAT(matrix.services(),
              ElementsAre("openai/api", "openai/chatgpt", "openai/dall-e", "anthropic/api"));
  ASSERT_EQ(matrix.rows_size(), 4);
  EXPECT_EQ(matrix.rows(1).service(), "openai/chatgpt");
  // dall-e has no calendar.
  EXPECT_THAT(matrix.rows(0).values(), ElementsAre(3, 1, IsNan(), 0));
  EXPECT_THAT(matrix.rows(1).values(), ElementsAre(1, 1, IsNan(), 0));
  EXPECT_THAT(matrix.rows(2).values(), ElementsAre(IsNan(), IsNan(), IsNan(), IsNan()));
  EXPECT_THAT(matrix.rows(3).values(), ElementsAre(0, 0, IsNan(), 0));
}

TEST(CooccurrenceMatrix, OfDaysOfIncidents) {
  const auto answer = AnswerOf("cooccurrence-matrix", *Study(), Text("incidents"));
  EXPECT_EQ(answer.n(), 4);
  EXPECT_EQ(answer.excluded().at("no_outage_impact"), 1);
  EXPECT_EQ(answer.excluded().at("no_service"), 1);
  EXPECT_EQ(answer.excluded().size(), 2u);
  const auto& matrix = answer.matrix();
  EXPECT_THAT(matrix.rows(0).values(), ElementsAre(3, 2, 0, 0));
  EXPECT_THAT(matrix.rows(1).values(), ElementsAre(2, 3, 0, 0));
  EXPECT_THAT(matrix.rows(2).values(), ElementsAre(0, 0, 0, 0));
}

TEST(CooccurrenceProbability, IsOfTheRowGivenTheColumn) {
  const auto outages = AnswerOf("cooccurrence-probability", *Study(), Text("outages")).matrix();
  EXPECT_THAT(outages.rows(0).values(), ElementsAre(100, 100, IsNan(), IsNan()));
  EXPECT_THAT(outages.rows(1).values(), ElementsAre(DoubleEq(100 / 3.0), 100, IsNan(), IsNan()));
  const auto incidents = AnswerOf("cooccurrence-probability", *Study(), Text("incidents")).matrix();
  EXPECT_THAT(incidents.rows(0).values(), ElementsAre(100, DoubleEq(200 / 3.0), IsNan(), IsNan()));
}

TEST(CooccurrenceMatrix, DaysAreThoseOfTheZone) {
  // 07:00 UTC is 23:00 of the day before in Los Angeles, and both lie on one day there.
  const auto snapshot =
      SnapshotOf({Resolved("openai/1", {"openai/api"}, "2024-03-02T07:00:00Z", 5),
                  Resolved("openai/2", {"openai/chatgpt"}, "2024-03-01T20:00:00Z", 5)});
  const auto both = [&](const char* tz) {
    return AnswerOf("cooccurrence-matrix", *snapshot, {.tz = tz, .basis = "incidents"})
        .matrix()
        .rows(0)
        .values(1);
  };
  EXPECT_EQ(both("UTC"), 0);
  EXPECT_EQ(both("America/Los_Angeles"), 1);
}

TEST(CooccurrenceCells, AreTheIncidentsOfTheDaysOnWhichBothWereOut) {
  const auto snapshot = Study();
  const auto cell = [&](const char* id, const char* basis, const char* key) {
    const Analysis& analysis = *FindAnalysis(id);
    const Query query =
        ResolveQuery(Text(basis), *snapshot, At("2024-09-01T00:00:00Z"), analysis.bases()).value();
    return testing::RowsOfCell(analysis, *snapshot, query, key);
  };
  for (const char* id : {"cooccurrence-matrix", "cooccurrence-probability"}) {
    EXPECT_THAT(cell(id, "incidents", "row:openai/api;column:openai/chatgpt").value(),
                ElementsAre(0));
    EXPECT_THAT(cell(id, "incidents", "row:openai/api;column:openai/api").value(),
                ElementsAre(0, 2));
    // Both calendars name the 4th, on which only chatgpt had an incident.
    EXPECT_THAT(cell(id, "outages", "row:openai/api;column:openai/chatgpt").value(),
                ElementsAre(1));
    EXPECT_THAT(cell(id, "outages", "row:openai/dall-e;column:openai/api").value(), IsEmpty());
    for (const char* bad : {"row:openai/api", "column:openai/api", "row:openai/api;column:x/y",
                            "row:openai/api;column:openai/api;date:2024-03-01"}) {
      EXPECT_EQ(cell(id, "outages", bad).status().code(), absl::StatusCode::kInvalidArgument)
          << bad;
    }
  }
}

}  // namespace
}  // namespace fails::analytics
