// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/query/selection.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "services/analytics/domain/query/recovery.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using testing::Never;
using testing::Ongoing;
using testing::QueryOf;
using testing::Resolved;
using testing::SnapshotOf;
using testing::With;

constexpr char kStart[] = "2024-03-01T12:00:00Z";

std::map<std::string, std::int64_t> Excluded(const Selection& selection) {
  std::map<std::string, std::int64_t> counts;
  for (std::size_t i = 0; i < kExclusionNames.size(); ++i) {
    if (selection.excluded[i] > 0) counts[std::string(kExclusionNames[i])] = selection.excluded[i];
  }
  return counts;
}

Selection SelectOrDie(const Snapshot& snapshot, const Query& query, const Demands& demands) {
  auto selection = Select(snapshot, query, demands, Never);
  EXPECT_TRUE(selection.ok()) << selection.status();
  return *std::move(selection);
}

IncidentRow Make(
    const std::string& id, std::vector<std::string> services,
    const std::function<void(IncidentRow&)>& change = [](auto&) {}) {
  return With(Resolved(id, std::move(services), kStart, 60), change);
}

IncidentRow OnlyResolved(const std::string& id, std::vector<std::string> services) {
  return Make(id, std::move(services), [](auto& r) { r.stages.investigating.reset(); });
}

void Maintain(IncidentRow& row) {
  row.impact = Impact::kMaintenance;
}
void Confuse(IncidentRow& row) {
  row.stages.monitoring = *row.stages.resolved + absl::Minutes(1);
}

constexpr Demands kAll = {
    .service = true, .outage_impact = true, .pre_resolution_stage = true, .resolved = true};

TEST(Select, CountsTheFirstReasonThatHolds) {
  const auto snapshot = SnapshotOf({
      Make("openai/good", {"openai/api"}),
      Make("openai/maintenance", {}, [](auto& r) { Maintain(r), Confuse(r); }),
      Make("openai/inconsistent", {}, Confuse),
      Make("openai/no-service", {}, [](auto& r) { r.impact = Impact::kNone; }),
      With(OnlyResolved("openai/no-impact", {"openai/api"}),
           [](auto& r) { r.impact = Impact::kUnknown; }),
      With(OnlyResolved("openai/no-stage", {"openai/api"}), [](auto& r) { r.ongoing = true; }),
      Ongoing("openai/ongoing", {"openai/api"}, kStart),
  });
  const Query query = QueryOf(*snapshot);
  const Selection selection = SelectOrDie(*snapshot, query, kAll);
  EXPECT_EQ(selection.n(), 1);
  EXPECT_EQ(Excluded(selection),
            (std::map<std::string, std::int64_t>{{"maintenance", 1},
                                                 {"inconsistent", 1},
                                                 {"no_service", 1},
                                                 {"no_outage_impact", 1},
                                                 {"no_pre_resolution_stage", 1},
                                                 {"ongoing", 1}}));
  // Who demands nothing leaves out only what the query leaves out.
  EXPECT_EQ(SelectOrDie(*snapshot, query, {}).n(), 5);
  const Query everything = QueryOf(*snapshot, {.include = {"maintenance", "inconsistent"}});
  EXPECT_EQ(SelectOrDie(*snapshot, everything, {}).n(), 7);
  EXPECT_TRUE(Excluded(SelectOrDie(*snapshot, everything, {})).empty());
}

TEST(Select, WithoutIncidentsNothingIsUsedOrExcluded) {
  const auto snapshot = SnapshotOf({Make("openai/a", {"openai/api"}, Maintain)});
  const Selection selection = SelectOrDie(*snapshot, QueryOf(*snapshot), {.incidents = false});
  EXPECT_EQ(selection.n(), 0);
  EXPECT_TRUE(Excluded(selection).empty());
}

TEST(Select, FromIsInclusiveAndToExclusive) {
  const auto snapshot = SnapshotOf({Make("openai/a", {"openai/api"})});
  const auto n = [&](const char* from, const char* to) {
    return SelectOrDie(*snapshot, QueryOf(*snapshot, {.from = from, .to = to}), {}).n();
  };
  EXPECT_EQ(n("2024-03-01T12:00:00Z", "2024-03-01T12:00:01Z"), 1);
  EXPECT_EQ(n("2024-03-01T11:00:00Z", "2024-03-01T12:00:00Z"), 0);
  EXPECT_EQ(n("2024-03-01T12:00:00.001Z", "2024-03-01T13:00:00Z"), 0);
  EXPECT_EQ(n("2024-03-01T11:00:00Z", "2024-03-01T12:00:00.001Z"), 1);
  EXPECT_EQ(n("2024-03-01T13:00:00+01:00", "2024-03-01T13:00:01+01:00"), 1);
}

TEST(Select, AnImpactThatIsNotAskedForDoesNotBelong) {
  const auto snapshot =
      SnapshotOf({Make("openai/a", {"openai/api"}), Make("openai/b", {}, Maintain)});
  const Selection selection = SelectOrDie(*snapshot, QueryOf(*snapshot, {.impact = {"major"}}), {});
  EXPECT_EQ(selection.n(), 0);
  EXPECT_TRUE(Excluded(selection).empty());
}

TEST(Select, AServiceOrTheWholeProvider) {
  const auto snapshot = SnapshotOf({
      Make("openai/both", {"openai/api", "openai/chatgpt"}),
      Make("openai/one", {"openai/chatgpt"}),
      Make("openai/unnamed", {}),
      Make("anthropic/other", {"anthropic/api"}),
  });
  const auto n = [&](std::vector<std::string> services) {
    return SelectOrDie(*snapshot, QueryOf(*snapshot, {.services = std::move(services)}), {}).n();
  };
  EXPECT_EQ(n({}), 4);
  EXPECT_EQ(n({"openai/api"}), 1);
  EXPECT_EQ(n({"openai/chatgpt"}), 2);
  EXPECT_EQ(n({"openai/chatgpt", "openai/api"}), 3);  // all that the data knows of OpenAI
  EXPECT_EQ(n({"openai/playground"}), 0);
}

TEST(Select, WithoutAStartNothingBelongs) {
  const auto snapshot =
      SnapshotOf({Make("openai/scheduled", {"openai/api"}, [](auto& r) { r.stages = {}; })});
  const Selection selection = SelectOrDie(*snapshot, QueryOf(*snapshot), {});
  EXPECT_EQ(selection.n(), 0);
  EXPECT_TRUE(Excluded(selection).empty());
}

TEST(Select, DowntimeReachesIntoTheRange) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/ends-before", {"openai/api"}, "2024-02-28T00:00:00Z", 60),
      Resolved("openai/ends-at-from", {"openai/api"}, "2024-02-29T23:00:00Z", 60),
      Resolved("openai/reaches-in", {"openai/api"}, "2024-02-29T23:00:00Z", 61),
      Ongoing("openai/ongoing", {"openai/api"}, "2024-01-01T00:00:00Z"),
      Resolved("openai/inside", {"openai/api"}, "2024-03-02T00:00:00Z", 60),
      Resolved("openai/after", {"openai/api"}, "2024-04-01T00:00:00Z", 60),
  });
  const Query query =
      QueryOf(*snapshot, {.from = "2024-03-01T00:00:00Z", .to = "2024-04-01T00:00:00Z"});
  EXPECT_EQ(SelectOrDie(*snapshot, query, {}).n(), 1);
  EXPECT_EQ(SelectOrDie(*snapshot, query, {.downtime = true}).n(), 3);
}

TEST(Select, StopsWhenNobodyWaits) {
  const auto snapshot = SnapshotOf({Make("openai/a", {"openai/api"})});
  const auto selection = Select(*snapshot, QueryOf(*snapshot), {}, [] { return true; });
  EXPECT_EQ(selection.status().code(), absl::StatusCode::kCancelled);
}

TEST(Recovery, FromTheEarliestStageBeforeTheResolution) {
  const auto snapshot = SnapshotOf({
      Make("openai/a", {}, [](auto& r) { r.stages.identified = At("2024-03-01T11:50:00Z"); }),
      Make("openai/b", {}, [](auto& r) { r.impact_started_at = At("2024-03-01T11:00:00Z"); }),
      OnlyResolved("openai/c", {}),
      Ongoing("openai/d", {}, kStart),
      // Over, but its end was never posted: seen until its last stage.
      With(Ongoing("openai/e", {}, kStart),
           [](auto& r) {
             r.ongoing = false;
             r.stages.monitoring = At("2024-03-01T12:20:00Z");
             r.stages.postmortem = At("2024-03-09T00:00:00Z");
           }),
      With(Resolved("openai/f", {}, kStart, 10), [](auto& r) { r.ongoing = true; }),
  });
  const Query query = QueryOf(*snapshot, {.now = "2024-03-01T13:00:00Z"});
  const Query impact = QueryOf(*snapshot, {.start = "impact", .now = "2024-03-01T13:00:00Z"});
  const auto recovery = [&](Snapshot::Row row) { return RecoveryOf(snapshot->at(row), query); };
  EXPECT_EQ(recovery(0).seconds, 70 * 60);
  EXPECT_FALSE(recovery(0).censored);
  EXPECT_EQ(recovery(1).seconds, 60 * 60);
  EXPECT_EQ(RecoveryOf(snapshot->at(1), impact).seconds, 120 * 60);
  EXPECT_EQ(RecoveryStart(snapshot->at(2), StartBasis::kReport), kNoTime);
  EXPECT_EQ(recovery(3).seconds, 60 * 60);
  EXPECT_TRUE(recovery(3).censored);
  EXPECT_EQ(recovery(4).seconds, 20 * 60);
  EXPECT_TRUE(recovery(4).censored);
  EXPECT_EQ(recovery(5).seconds, 60 * 60);
  EXPECT_TRUE(recovery(5).censored);
  // Ongoing from after `now` on: seen for no time, never for a negative one.
  const Query early =
      QueryOf(*snapshot, {.to = "2024-09-01T00:00:00Z", .now = "2024-01-01T00:00:00Z"});
  EXPECT_EQ(RecoveryOf(snapshot->at(3), early).seconds, 0);
}

RC_GTEST_PROP(Select, UsedAndExcludedAreAllThatBelong, ()) {
  const auto rows = *rc::gen::map(
      rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 12)),
      [](const std::vector<int>& shapes) {
        std::vector<IncidentRow> made;
        for (const int shape : shapes) {
          const auto bit = [shape](int i) { return ((shape >> i) & 1) != 0; };
          const std::string provider = bit(0) ? "openai" : "anthropic";
          std::vector<std::string> services;
          if (bit(1)) services.push_back(provider + "/api");
          if (bit(2)) services.push_back(bit(0) ? "openai/chatgpt" : "anthropic/claude");
          made.push_back(With(Resolved(provider + "/" + std::to_string(made.size()), services,
                                       bit(3) ? kStart : "2023-01-01T00:00:00Z", shape),
                              [&](IncidentRow& r) {
                                if (bit(4)) r.stages.investigating.reset();
                                if (bit(5)) r.stages.resolved.reset();
                                if (bit(6)) r.ongoing = true;
                                if (bit(7)) r.stages.monitoring = At("2024-03-01T12:10:00Z");
                                r.impact = static_cast<Impact>((shape >> 8) % 6);
                              }));
        }
        return made;
      });
  const auto snapshot = SnapshotOf(rows);
  QueryText text;
  if (*rc::gen::arbitrary<bool>()) text.services = {"openai/api"};
  if (*rc::gen::arbitrary<bool>()) text.from = "2024-01-01T00:00:00Z";
  if (*rc::gen::arbitrary<bool>()) text.include = {"inconsistent"};
  const Query query = QueryOf(*snapshot, text);
  const Demands demands = {.downtime = *rc::gen::arbitrary<bool>(),
                           .service = *rc::gen::arbitrary<bool>(),
                           .outage_impact = *rc::gen::arbitrary<bool>(),
                           .pre_resolution_stage = *rc::gen::arbitrary<bool>(),
                           .resolved = *rc::gen::arbitrary<bool>()};
  const auto selection = Select(*snapshot, query, demands, Never);
  std::int64_t belong = 0;
  for (Snapshot::Row row = 0; row < snapshot->rows(); ++row) {
    belong += Belongs(snapshot->at(row), query, demands.downtime) ? 1 : 0;
  }
  RC_ASSERT(selection->n() + std::accumulate(selection->excluded.begin(), selection->excluded.end(),
                                             std::int64_t{0}) ==
            belong);
}

}  // namespace
}  // namespace fails::analytics
