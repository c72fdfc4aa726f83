// SPDX-License-Identifier: Apache-2.0
// What status pages do that one would not expect, by the number of the list of quirks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/normalizer/domain/decision.h"
#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const ServiceId kApi("openai/api");

TEST(QuirksTest, Quirk04ResolvedInTheSecondItBegan) {
  MappedReport report = Resolved();
  report.report.updates[0].at = Minute(0);
  const Change change = MustMerge(nullptr, report, 1);
  EXPECT_THAT(change.incident.flags(), ElementsAre(flag::kZeroLength));
  EXPECT_EQ(change.incident.duration(), absl::ZeroDuration());
}

TEST(QuirksTest, Quirk05ResolvedBeforeItBeganIsRepairedFromIntervals) {
  MappedReport report = Resolved();
  report.report.updates[0].at = Minute(-10);
  report.impact_intervals = {{kApi, Minute(-40), Minute(-20), ServiceStatus::kDegraded},
                             {kApi, Minute(-30), Minute(-10), ServiceStatus::kMajorOutage}};
  const Incident incident = MustMerge(nullptr, report, 31).incident;
  EXPECT_THAT(incident.flags(), ElementsAre(flag::kNegativeDuration));
  EXPECT_EQ(incident.stages().investigating, Minute(0)) << "the original stays";
  EXPECT_EQ(incident.stages().resolved, Minute(-10));
  EXPECT_EQ(incident.content().impact_started_at, Minute(-40));
  EXPECT_EQ(incident.content().impact_ended_at, Minute(-10));
}

TEST(QuirksTest, Quirk06OnlyEverResolved) {
  MappedReport report = Resolved();
  report.report.updates.pop_back();
  const Incident incident = MustMerge(nullptr, report, 31).incident;
  EXPECT_EQ(incident.started_at(), Minute(30));
  EXPECT_THAT(incident.flags(), Contains(flag::kNoPreResolutionStage));
}

TEST(QuirksTest, Quirk07StagesOutOfOrderAreSortedByTimeAndFlagged) {
  MappedReport report = Resolved();
  report.report.updates.push_back({"u0", IncidentStatus::kIdentified, Minute(-5), "found"});
  const Incident incident = MustMerge(nullptr, report, 31).incident;
  EXPECT_EQ(incident.started_at(), Minute(-5));
  EXPECT_EQ(incident.content().updates.back().native_id, "u0");
  EXPECT_THAT(incident.flags(), ElementsAre(flag::kInconsistent));
}

TEST(QuirksTest, Quirk08NoComponentsAreNotGuessed) {
  MappedReport report = Resolved();
  report.services.emplace();
  const Incident incident = MustMerge(nullptr, report, 31).incident;
  EXPECT_THAT(incident.content().services, IsEmpty());
  EXPECT_THAT(incident.flags(), ElementsAre(flag::kNoService));
}

TEST(QuirksTest, Quirk09ImpactNoneStaysNoneWhateverIsPosted) {
  MappedReport report = Resolved();
  report.report.impact = Impact::kNone;
  report.report.status = IncidentStatus::kPostmortem;
  report.report.updates.push_back({"u3", IncidentStatus::kPostmortem, Minute(90), "learnt"});
  const Change first = MustMerge(nullptr, report, 91);
  EXPECT_EQ(first.incident.content().impact, Impact::kNone);
  EXPECT_FALSE(first.incident.ongoing());
  report.report.impact = Impact::kUnknown;
  EXPECT_FALSE(Merge(&first.incident, report, Polled(92), Minute(92))->has_value());
}

TEST(QuirksTest, Quirk10AbsentComponentsHaveNotRecovered) {
  const Change first = MustMerge(nullptr, Investigating(), 1);
  MappedReport silent = Investigating();
  silent.report.updates.insert(silent.report.updates.begin(),
                               {"u2", IncidentStatus::kIdentified, Minute(9), "found"});
  silent.services.reset();
  EXPECT_THAT(MustMerge(&first.incident, silent, 10).incident.content().services,
              ElementsAre(kApi));
  silent.services.emplace();
  EXPECT_THAT(MustMerge(&first.incident, silent, 10).incident.content().services,
              ElementsAre(kApi));
}

TEST(QuirksTest, Quirk11DeletedByItsProviderIsWithdrawnAndKept) {
  const Change opened = MustMerge(nullptr, Investigating(), 1);
  Stored stored;
  stored.incidents.emplace(opened.incident.id(), opened.incident);
  const Statement statement{.source = Polled(10), .listing = platforms::Listing{}};
  const auto decision = Decide(
      statement, stored, [](const PageId&) { return true; }, Minute(10));
  ASSERT_TRUE(decision.ok());
  ASSERT_EQ(decision->incidents.size(), 1u);
  EXPECT_EQ(decision->incidents[0].kind, ChangeKind::kWithdrawn);
  EXPECT_EQ(decision->incidents[0].incident.content().title, "Elevated errors");
}

TEST(QuirksTest, Quirk12LeftOpenLongAfterRecoveryTheIntervalsTell) {
  MappedReport report = Investigating();
  report.impact_intervals = {{kApi, Minute(0), std::nullopt, ServiceStatus::kDegraded}};
  const Change open = MustMerge(nullptr, report, 1);
  EXPECT_EQ(open.incident.content().impact_started_at, Minute(0));
  EXPECT_FALSE(open.incident.content().impact_ended_at);
  report.impact_intervals = {{kApi, Minute(0), Minute(25), ServiceStatus::kDegraded}};
  const Change recovered = MustMerge(&open.incident, report, 600);
  EXPECT_TRUE(recovered.incident.ongoing()) << "as the provider says";
  EXPECT_EQ(recovered.incident.content().impact_ended_at, Minute(25));
  EXPECT_THAT(recovered.changed, ElementsAre("impact_ended_at", "impact_intervals"));
}

TEST(QuirksTest, Quirk13FlapsOfOneTitleAreIncidentsOfTheirOwn) {
  MappedReport second = Investigating();
  second.report.native_id = "abd";
  Stored stored;
  const Change first = MustMerge(nullptr, Investigating(), 1);
  stored.incidents.emplace(first.incident.id(), first.incident);
  const Statement statement{.source = Polled(2), .reports = {Investigating(), second}};
  const auto decision = Decide(
      statement, stored, [](const PageId&) { return true; }, Minute(2));
  ASSERT_TRUE(decision.ok());
  ASSERT_EQ(decision->incidents.size(), 1u);
  EXPECT_EQ(decision->incidents[0].incident.id(), IncidentId("openai/abd"));
}

TEST(QuirksTest, Quirk14BroadIsAFlagAndTheListIsKept) {
  MappedReport report = Investigating();
  report.broad = true;
  const Change change = MustMerge(nullptr, report, 1);
  EXPECT_THAT(change.incident.flags(), ElementsAre(flag::kBroad));
  EXPECT_THAT(change.incident.content().services, ElementsAre(kApi));
}

TEST(QuirksTest, Quirk20WhatAppearsDaysLaterRingsNoAlarm) {
  const int day = 24 * 60;
  EXPECT_EQ(MustMerge(nullptr, Investigating(), day).kind, ChangeKind::kOpened);
  EXPECT_EQ(MustMerge(nullptr, Investigating(), day + 1).kind, ChangeKind::kUpdated);
  EXPECT_EQ(MustMerge(nullptr, Resolved(), day + 1).kind, ChangeKind::kResolved);
  EXPECT_EQ(MustMerge(nullptr, Investigating(), 1, Origin::kBackfill).kind, ChangeKind::kUpdated);
  EXPECT_EQ(MustMerge(nullptr, Investigating(), 1, Origin::kImport).kind, ChangeKind::kUpdated);
  MappedReport stated = Resolved();
  stated.report.backfilled = true;
  EXPECT_THAT(MustMerge(nullptr, stated, 31).incident.flags(), Contains(flag::kBackfilled));
  EXPECT_THAT(MustMerge(nullptr, Resolved(), day + 1).incident.flags(),
              Not(Contains(flag::kBackfilled)))
      << "only where it was stated";
}

}  // namespace
}  // namespace fails::normalizer
