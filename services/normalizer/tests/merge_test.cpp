// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fails::normalizer {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

const absl::Time kStart = absl::FromUnixSeconds(1'772'000'000);

absl::Time Minute(int minute) {
  return kStart + absl::Minutes(minute);
}

MappedReport ReportWith(IncidentStatus status, std::vector<Update> updates) {
  MappedReport mapped{.provider = ProviderId("openai"), .page = PageId("openai")};
  mapped.report.native_id = "abc";
  mapped.report.title = "Elevated errors";
  mapped.report.impact = Impact::kMinor;
  mapped.report.status = status;
  mapped.report.updates = std::move(updates);
  mapped.services = {ServiceId("openai/api")};
  return mapped;
}

MappedReport Investigating() {
  return ReportWith(IncidentStatus::kInvestigating,
                    {{"u1", IncidentStatus::kInvestigating, Minute(0), "looking"}});
}

MappedReport Resolved() {
  return ReportWith(IncidentStatus::kResolved,
                    {{"u2", IncidentStatus::kResolved, Minute(30), "over"},
                     {"u1", IncidentStatus::kInvestigating, Minute(0), "looking"}});
}

Change MustMerge(const Incident* stored, const MappedReport& report, int fetched) {
  auto change = Merge(stored, report, Minute(fetched), Minute(fetched));
  EXPECT_TRUE(change.ok()) << change.status();
  EXPECT_TRUE(change->has_value());
  return **std::move(change);
}

TEST(MergeTest, FirstSightOpens) {
  const Change change = MustMerge(nullptr, Investigating(), 1);
  EXPECT_EQ(change.kind, ChangeKind::kOpened);
  EXPECT_EQ(change.incident.revision(), 1);
  EXPECT_EQ(change.incident.first_seen_at(), Minute(1));
  EXPECT_THAT(change.changed, Contains("title"));
  EXPECT_THAT(change.changed, Contains("ongoing"));
}

TEST(MergeTest, FirstSightOfHistoryRingsNoAlarm) {
  EXPECT_EQ(MustMerge(nullptr, Resolved(), 60).kind, ChangeKind::kResolved);
}

TEST(MergeTest, TheSameAgainChangesNothing) {
  const Change first = MustMerge(nullptr, Investigating(), 1);
  const auto again = Merge(&first.incident, Investigating(), Minute(2), Minute(2));
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->has_value());
}

TEST(MergeTest, FollowsAnIncidentThroughItsLife) {
  const Change opened = MustMerge(nullptr, Investigating(), 1);
  MappedReport more = Investigating();
  more.report.impact = Impact::kMajor;
  const Change updated = MustMerge(&opened.incident, more, 5);
  EXPECT_EQ(updated.kind, ChangeKind::kUpdated);
  EXPECT_THAT(updated.changed, ElementsAre("impact"));
  EXPECT_EQ(updated.incident.revision(), 2);
  EXPECT_EQ(updated.incident.first_seen_at(), Minute(1));
  EXPECT_EQ(updated.incident.updated_at(), Minute(5));

  const Change resolved = MustMerge(&updated.incident, Resolved(), 31);
  EXPECT_EQ(resolved.kind, ChangeKind::kResolved);
  EXPECT_EQ(resolved.incident.closed_at(), Minute(30));

  const Change reopened = MustMerge(&resolved.incident, Investigating(), 40);
  EXPECT_EQ(reopened.kind, ChangeKind::kReopened);
  EXPECT_EQ(reopened.incident.revision(), 4);
}

TEST(MergeTest, APostmortemAfterTheEndIsAnUpdate) {
  const Change resolved = MustMerge(nullptr, Resolved(), 31);
  MappedReport postmortem = Resolved();
  postmortem.report.status = IncidentStatus::kPostmortem;
  postmortem.report.updates.push_back({"u3", IncidentStatus::kPostmortem, Minute(300), "learnt"});
  EXPECT_EQ(MustMerge(&resolved.incident, postmortem, 301).kind, ChangeKind::kUpdated);
}

TEST(MergeTest, AnOlderDocumentNeverOverwritesNewerKnowledge) {
  const Change resolved = MustMerge(nullptr, Resolved(), 31);
  const auto late = Merge(&resolved.incident, Investigating(), Minute(20), Minute(50));
  ASSERT_TRUE(late.ok());
  EXPECT_FALSE(late->has_value());
}

TEST(MergeTest, WhatAReportDoesNotSayTakesNothingBack) {
  const Change first = MustMerge(nullptr, Investigating(), 1);
  MappedReport silent = Investigating();
  silent.services.reset();
  silent.report.updates.clear();
  silent.report.impact = Impact::kUnknown;
  silent.report.status = IncidentStatus::kUnknown;
  silent.report.title.clear();
  EXPECT_FALSE(Merge(&first.incident, silent, Minute(2), Minute(2))->has_value());
  MappedReport unlinked = Investigating();
  unlinked.services->clear();
  EXPECT_FALSE(Merge(&first.incident, unlinked, Minute(3), Minute(3))->has_value());
}

TEST(MergeTest, AMaintenanceIsAnnouncedWhenScheduledAndResolvedWhenCompleted) {
  MappedReport report = ReportWith(IncidentStatus::kScheduled,
                                   {{"u1", IncidentStatus::kScheduled, Minute(0), "soon"}});
  const Change scheduled = MustMerge(nullptr, report, 1);
  EXPECT_EQ(scheduled.kind, ChangeKind::kOpened);
  report.report.status = IncidentStatus::kInProgress;
  const Change begun = MustMerge(&scheduled.incident, report, 10);
  EXPECT_EQ(begun.kind, ChangeKind::kUpdated);
  report.report.status = IncidentStatus::kCompleted;
  EXPECT_EQ(MustMerge(&begun.incident, report, 20).kind, ChangeKind::kResolved);
  EXPECT_EQ(MustMerge(&scheduled.incident, report, 20).kind, ChangeKind::kResolved);
}

TEST(WithdrawTest, GoesAndComesBack) {
  const Change opened = MustMerge(nullptr, Investigating(), 1);
  const auto withdrawn = Withdraw(opened.incident, Minute(10), Minute(10));
  ASSERT_TRUE(withdrawn);
  EXPECT_EQ(withdrawn->kind, ChangeKind::kWithdrawn);
  EXPECT_THAT(withdrawn->changed, ElementsAre("ongoing", "withdrawn_at"));
  EXPECT_FALSE(Withdraw(withdrawn->incident, Minute(11), Minute(11))) << "once is enough";
  const Change back = MustMerge(&withdrawn->incident, Investigating(), 12);
  EXPECT_EQ(back.kind, ChangeKind::kReopened);
  EXPECT_FALSE(back.incident.content().withdrawn_at);
}

TEST(WithdrawTest, AnOlderListingSaysNothing) {
  const Change opened = MustMerge(nullptr, Investigating(), 10);
  EXPECT_FALSE(Withdraw(opened.incident, Minute(9), Minute(11)));
  EXPECT_FALSE(Withdraw(opened.incident, Minute(10), Minute(11)));
}

TEST(MapServicesTest, MapsRepairsAndFlags) {
  const auto catalog =
      catalog::Catalog::Parse(R"({version: 1, providers: [{id: openai, name: OpenAI,
    color: "#000000", services: [{id: api, name: API, components: [{name: API}]}],
    pages: [{id: openai, platform: statuspage, url: "https://x"}]}]})");
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  Report report{.native_id = "a", .title = "bad \xFF"};
  report.components = {{"", "API"}, {"", "Sora"}};
  const MappedReport mapped = MapServices(*catalog, *catalog->FindPage(PageId("openai")), report);
  EXPECT_EQ(mapped.report.title, "bad \xEF\xBF\xBD");
  EXPECT_THAT(*mapped.services, ElementsAre(ServiceId("openai/api")));
  EXPECT_TRUE(mapped.unknown_component);
  report.components.reset();
  EXPECT_FALSE(MapServices(*catalog, *catalog->FindPage(PageId("openai")), report).services);
}

}  // namespace
}  // namespace fails::normalizer
