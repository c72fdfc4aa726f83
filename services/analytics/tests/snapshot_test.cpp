// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "services/analytics/domain/snapshot/builder.h"
#include "services/analytics/domain/snapshot/snapshot.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

using testing::At;
using testing::Ongoing;
using testing::Resolved;
using testing::SnapshotOf;
using testing::StudyNames;
using testing::With;

constexpr char kStart[] = "2024-03-01T12:00:00Z";

std::int64_t Seconds(const std::string& time) {
  return absl::ToUnixSeconds(At(time));
}

std::vector<std::string> Services(const Snapshot& snapshot, Snapshot::Row row) {
  std::vector<std::string> ids;
  for (const ServiceIndex s : snapshot.at(row).services()) {
    ids.push_back(snapshot.names().service(s).str());
  }
  return ids;
}

TEST(Names, KeepTheCatalogsOrderAndPutTheRestBehindById) {
  Names names = StudyNames();
  const auto z = names.Intern(ServiceId("mistral/le-chat"));
  const auto a = names.Intern(ServiceId("mistral/api"));
  EXPECT_EQ(names.Intern(ServiceId("mistral/api")), a);
  const auto order = names.ServicesInOrder();
  ASSERT_EQ(order.size(), 13u);
  EXPECT_EQ(names.service(order[0]).str(), "openai/api");
  EXPECT_EQ(names.service(order[10]).str(), "stability-ai/stable-assistant");
  EXPECT_EQ(order[11], a);
  EXPECT_EQ(order[12], z);
  EXPECT_EQ(names.provider(names.provider_of(a)).str(), "mistral");
  EXPECT_EQ(names.provider(names.ProvidersInOrder().back()).str(), "mistral");
  EXPECT_FALSE(names.Find(ServiceId("openai/none")).has_value());
}

TEST(Snapshot, HoldsWhatARowSays) {
  const auto snapshot = SnapshotOf(
      {With(Resolved("openai/a", {"openai/chatgpt", "openai/api", "openai/api"}, kStart, 90),
            [](auto& r) {
              r.impact = Impact::kCritical;
              r.stages.monitoring = At("2024-03-01T13:00:00Z");
              r.stages.postmortem = At("2024-03-05T00:00:00Z");
              r.impact_started_at = At("2024-03-01T11:30:00.7Z");
            })});
  ASSERT_EQ(snapshot->rows(), 1u);
  const IncidentView incident = snapshot->at(0);
  EXPECT_EQ(incident.id(), "openai/a");
  EXPECT_EQ(Services(*snapshot, 0), (std::vector<std::string>{"openai/api", "openai/chatgpt"}));
  EXPECT_EQ(incident.impact(), Impact::kCritical);
  EXPECT_EQ(incident.stage(kIdentified), kNoTime);
  EXPECT_EQ(incident.stage(kMonitoring), Seconds("2024-03-01T13:00:00Z"));
  EXPECT_EQ(incident.stage(kPostmortem), Seconds("2024-03-05T00:00:00Z"));
  EXPECT_EQ(incident.started(StartBasis::kReport), Seconds(kStart));
  EXPECT_EQ(incident.started(StartBasis::kImpact), Seconds("2024-03-01T11:30:00Z"));
  EXPECT_EQ(incident.resolved(), Seconds("2024-03-01T13:30:00Z"));
  EXPECT_EQ(incident.closed(), Seconds("2024-03-01T13:30:00Z"));
  EXPECT_FALSE(incident.ongoing());
  EXPECT_FALSE(incident.inconsistent());
  EXPECT_GT(snapshot->MemoryBytes(), 0u);
}

TEST(Snapshot, AReopenedIncidentIsNeitherResolvedNorClosed) {
  const auto snapshot =
      SnapshotOf({With(Resolved("openai/a", {}, kStart, 5), [](auto& r) { r.ongoing = true; })});
  EXPECT_EQ(snapshot->at(0).resolved(), kNoTime);
  EXPECT_EQ(snapshot->at(0).closed(), kNoTime);
  EXPECT_NE(snapshot->at(0).stage(kResolved), kNoTime);
}

TEST(Snapshot, AnIncidentWithoutAnyOfTheFourStagesHasNoStart) {
  const auto snapshot = SnapshotOf({With(Ongoing("openai/a", {"openai/api"}, kStart), [](auto& r) {
    r.stages = {};
    r.stages.postmortem = At(kStart);
    r.impact_started_at = At(kStart);
  })});
  EXPECT_EQ(snapshot->at(0).started(StartBasis::kReport), kNoTime);
  EXPECT_EQ(snapshot->at(0).started(StartBasis::kImpact), kNoTime);
  EXPECT_EQ(snapshot->first_started(StartBasis::kImpact), kNoTime);
}

TEST(Snapshot, KnowsTheFirstStartAndTheServices) {
  const auto snapshot = SnapshotOf({
      Resolved("openai/b", {"openai/api"}, "2024-02-01T00:00:00Z", 5),
      With(Resolved("openai/a", {"openai/dall-e"}, "2024-01-05T00:00:00Z", 5),
           [](auto& r) { r.impact_started_at = At("2023-12-31T00:00:00Z"); }),
  });
  EXPECT_EQ(snapshot->first_started(StartBasis::kReport), Seconds("2024-01-05T00:00:00Z"));
  EXPECT_EQ(snapshot->first_started(StartBasis::kImpact), Seconds("2023-12-31T00:00:00Z"));
  const Names& names = snapshot->names();
  EXPECT_TRUE(snapshot->Knows(*names.Find(ServiceId("openai/dall-e"))));
  EXPECT_FALSE(snapshot->Knows(*names.Find(ServiceId("openai/chatgpt"))));
}

TEST(TimeColumn, HoldsEveryYearAndIsNarrowWhereItCan) {
  const std::int64_t y1 = Seconds("0001-01-01T00:00:00Z");
  const std::int64_t y9999 = Seconds("9999-12-31T23:59:59Z");
  const std::int64_t y2024 = Seconds(kStart);
  const std::int64_t first_narrow = 946'684'800 - std::int64_t{2'147'483'647};
  const std::int64_t last_narrow = 946'684'800 + std::int64_t{2'147'483'647};
  const auto bytes_an_instant = [](const std::vector<std::int64_t>& times) {
    const TimeColumn column(times);
    for (std::size_t i = 0; i < times.size(); ++i) {
      EXPECT_EQ(column[static_cast<std::uint32_t>(i)], times[i]);
    }
    return column.MemoryBytes() / times.size();
  };
  EXPECT_EQ(bytes_an_instant({y2024, kNoTime, 0, first_narrow, last_narrow}), 4u);
  EXPECT_EQ(bytes_an_instant({y2024, kNoTime, y1}), 8u);
  EXPECT_EQ(bytes_an_instant({y9999, kNoTime}), 8u);
  EXPECT_EQ(bytes_an_instant({first_narrow - 1}), 8u);
  EXPECT_EQ(bytes_an_instant({last_narrow + 1}), 8u);
  EXPECT_EQ(bytes_an_instant({kNoTime, kNoTime}), 0u);
}

TEST(Snapshot, ListsTheOngoing) {
  std::vector<IncidentRow> rows;
  for (int i = 0; i < 3 * static_cast<int>(Chunk::kRows); ++i) {
    rows.push_back(Resolved("openai/" + std::to_string(i), {}, kStart, 5));
  }
  rows[5].ongoing = true;
  rows[2 * Chunk::kRows + 1].ongoing = true;
  EXPECT_EQ(SnapshotOf(rows)->Ongoing(), (std::vector<Snapshot::Row>{5, 2 * Chunk::kRows + 1}));
}

TEST(SnapshotBuilder, ComparesARowWhole) {
  SnapshotBuilder builder(StudyNames());
  const IncidentRow row = Resolved("openai/a", {"openai/api"}, kStart, 30);
  EXPECT_FALSE(builder.Holds(row));
  builder.Apply(row);
  EXPECT_TRUE(builder.Holds(row));
  builder.Build(1);
  EXPECT_TRUE(builder.Holds(row));
  const auto changed = [&](const std::function<void(IncidentRow&)>& change) {
    return !builder.Holds(With(row, change));
  };
  EXPECT_TRUE(changed([](auto& r) { r.impact = Impact::kMajor; }));
  EXPECT_TRUE(changed([](auto& r) { r.services.clear(); }));
  EXPECT_TRUE(changed([](auto& r) { r.services = {ServiceId("new/one")}; }));
  EXPECT_TRUE(changed([](auto& r) { r.ongoing = true; }));
  EXPECT_TRUE(changed([](auto& r) { r.version = 2; }));
  EXPECT_TRUE(changed([](auto& r) { r.stages.postmortem = At(kStart); }));
  EXPECT_TRUE(changed([](auto& r) { r.impact_started_at = At(kStart); }));
}

// Columns and index; ids of 30 bytes, two services an incident.
TEST(SnapshotBuilder, AnIncidentTakesLessThan200Bytes) {
  SnapshotBuilder builder(StudyNames());
  constexpr int kIncidents = 50'000;
  for (int i = 0; i < kIncidents; ++i) {
    IncidentRow row = Resolved("openai/" + std::to_string(1'000'000'000 + i) + "_0123456789ab",
                               {"openai/api", "openai/chatgpt"}, kStart, i);
    row.stages.monitoring = row.stages.investigating;
    row.stages.postmortem = row.stages.resolved;
    row.impact_started_at = row.stages.investigating;
    builder.Apply(row);
  }
  const std::size_t bytes = builder.Build(1)->MemoryBytes() + builder.IndexBytes();
  EXPECT_LT(bytes / kIncidents, 120u);
}

TEST(SnapshotBuilder, AnOlderSnapshotKeepsWhatItSaw) {
  SnapshotBuilder builder(StudyNames());
  builder.Apply(Ongoing("openai/a", {"openai/api"}, kStart));
  const auto before = builder.Build(1);
  builder.Apply(Resolved("openai/a", {"openai/chatgpt"}, kStart, 30));
  builder.Apply(Resolved("mistral/x", {"mistral/api"}, kStart, 30));
  const auto after = builder.Build(2);
  EXPECT_EQ(before->rows(), 1u);
  EXPECT_TRUE(before->at(0).ongoing());
  EXPECT_EQ(Services(*before, 0), std::vector<std::string>{"openai/api"});
  EXPECT_EQ(before->names().service_count(), 11u);
  EXPECT_EQ(after->rows(), 2u);
  EXPECT_EQ(after->names().service_count(), 12u);
  EXPECT_EQ(after->data_version(), 2);
  EXPECT_FALSE(after->at(0).ongoing());
}

// As many incidents as two chunks and some hold, made once: RapidCheck takes them again and again.
const std::vector<IncidentRow>& Base() {
  static const std::vector<IncidentRow> rows = [] {
    std::vector<IncidentRow> made;
    for (std::uint32_t i = 0; i < Chunk::kRows + 2; ++i) {
      made.push_back(Resolved("openai/" + std::to_string(i), {"openai/api"}, kStart, 1));
    }
    return made;
  }();
  return rows;
}

struct Change {
  int id, minutes;
  bool withdrawn, build;
};

rc::Gen<std::vector<Change>> Changes(int base) {
  return rc::gen::container<std::vector<Change>>(rc::gen::build<Change>(
      rc::gen::set(&Change::id,
                   rc::gen::element(0, 1, 2, base - 2, base - 1, base, base + 1, base + 2)),
      rc::gen::set(&Change::minutes, rc::gen::inRange(0, 100)), rc::gen::set(&Change::withdrawn),
      rc::gen::set(&Change::build,
                   rc::gen::map(rc::gen::inRange(0, 8), [](int i) { return i == 0; }))));
}

// What is known of an incident: its minutes and version.
using Truth = std::map<std::string, std::pair<std::int64_t, std::int64_t>, std::less<>>;

// Any sequence of changes ends in the snapshot that the final rows would have made at once, over
// several chunks.
RC_GTEST_PROP(SnapshotBuilder, PatchingEqualsRebuilding, ()) {
  const int base = *rc::gen::weightedOneOf<int>(
      {{4, rc::gen::inRange(0, 9)},
       {1, rc::gen::inRange<int>(Chunk::kRows - 1, Chunk::kRows + 3)}});
  SnapshotBuilder builder(StudyNames());
  Truth truth;
  for (int i = 0; i < base; ++i) {
    const IncidentRow& row = Base()[static_cast<std::size_t>(i)];
    builder.Apply(row);
    truth[row.id.str()] = {1, row.version};
  }
  builder.Build(1);
  std::int64_t version = 2;
  for (const Change& change : *Changes(base)) {
    IncidentRow row =
        Resolved("openai/" + std::to_string(change.id), {"openai/chatgpt"}, kStart, change.minutes);
    row.withdrawn = change.withdrawn;
    row.version = version++;
    builder.Apply(row);
    if (row.withdrawn) {
      truth.erase(row.id.str());
    } else {
      truth[row.id.str()] = {change.minutes, row.version};
    }
    if (change.build) builder.Build(version);
  }
  const auto snapshot = builder.Build(version);
  RC_ASSERT(snapshot->rows() == truth.size());
  RC_ASSERT(builder.count() == static_cast<std::int64_t>(truth.size()));
  std::int64_t version_sum = 0;
  for (const auto& [id, known] : truth) version_sum += known.second;
  RC_ASSERT(builder.version_sum() == version_sum);
  int wrong = 0;
  for (Snapshot::Row row = 0; row < snapshot->rows(); ++row) {
    const IncidentView incident = snapshot->at(row);
    const auto known = truth.find(incident.id());
    if (known == truth.end() ||
        incident.resolved() - incident.started(StartBasis::kReport) != 60 * known->second.first) {
      ++wrong;
    } else {
      truth.erase(known);  // each once
    }
  }
  RC_ASSERT(wrong == 0);
  RC_ASSERT(truth.empty());
}

}  // namespace
}  // namespace fails::analytics
