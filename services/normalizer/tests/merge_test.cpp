// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

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
  const auto again = Merge(&first.incident, Investigating(), Polled(2), Minute(2));
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
  const auto late = Merge(&resolved.incident, Investigating(), Polled(20), Minute(50));
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
  EXPECT_FALSE(Merge(&first.incident, silent, Polled(2), Minute(2))->has_value());
  MappedReport unlinked = Investigating();
  unlinked.services->clear();
  EXPECT_FALSE(Merge(&first.incident, unlinked, Polled(3), Minute(3))->has_value());
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
  const auto withdrawn = Withdraw(opened.incident, Polled(10), Minute(10));
  ASSERT_TRUE(withdrawn);
  EXPECT_EQ(withdrawn->kind, ChangeKind::kWithdrawn);
  EXPECT_THAT(withdrawn->changed, ElementsAre("ongoing", "withdrawn_at"));
  EXPECT_FALSE(Withdraw(withdrawn->incident, Polled(11), Minute(11))) << "once is enough";
  const Change back = MustMerge(&withdrawn->incident, Investigating(), 12);
  EXPECT_EQ(back.kind, ChangeKind::kReopened);
  EXPECT_FALSE(back.incident.content().withdrawn_at);
}

TEST(WithdrawTest, AnOlderListingSaysNothing) {
  const Change opened = MustMerge(nullptr, Investigating(), 10);
  EXPECT_FALSE(Withdraw(opened.incident, Polled(9), Minute(11)));
  EXPECT_FALSE(Withdraw(opened.incident, Polled(10), Minute(11)));
}

TEST(MergeTest, AnOlderDocumentFillsInWhatIsMissing) {
  MappedReport bare = Investigating();
  bare.services.reset();
  bare.report.url.clear();
  bare.report.impact = Impact::kUnknown;
  const Change first = MustMerge(nullptr, bare, 10);
  MappedReport older = Investigating();
  older.report.title = "Old title";
  older.report.url = "https://status.example/abc";
  const Change filled = MustMerge(&first.incident, older, 5);
  EXPECT_EQ(filled.kind, ChangeKind::kUpdated);
  EXPECT_THAT(filled.changed, ElementsAre("flags", "impact", "services", "url"));
  EXPECT_EQ(filled.incident.source_at(), Minute(10)) << "what shaped it is still the newer one";
  EXPECT_FALSE(Merge(&filled.incident, older, Polled(5), Minute(6))->has_value());
}

TEST(MergeTest, AGuessedAddressGivesWayToAStatedOne) {
  MappedReport guessed = Investigating();
  guessed.report.url = "https://status.example/guess";
  guessed.report.url_guessed = true;
  const Change first = MustMerge(nullptr, guessed, 1);
  EXPECT_EQ(first.incident.content().url, "https://status.example/guess");
  MappedReport stated = Investigating();
  stated.report.url = "https://status.example/abc";
  const Change second = MustMerge(&first.incident, stated, 2);
  EXPECT_EQ(second.incident.content().url, "https://status.example/abc");
  EXPECT_EQ(second.kind, ChangeKind::kUnseen) << "no news";
  EXPECT_EQ(second.incident.revision(), 1);
  EXPECT_FALSE(Merge(&second.incident, guessed, Polled(3), Minute(3))->has_value());
}

TEST(MergeTest, AnOlderDocumentStatesAnAddressThatWasGuessed) {
  MappedReport guessed = Investigating();
  guessed.report.url = "https://status.example/guess";
  guessed.report.url_guessed = true;
  const Change first = MustMerge(nullptr, guessed, 10);
  MappedReport older = Investigating();
  older.report.url = "https://status.example/abc";
  const Change second = MustMerge(&first.incident, older, 5);
  EXPECT_EQ(second.incident.content().url, "https://status.example/abc");
  EXPECT_EQ(second.kind, ChangeKind::kUnseen);
  EXPECT_EQ(second.incident.source_at(), Minute(10));
}

TEST(MergeTest, AStatusThatIsNotStatedIsTheNewestUpdates) {
  MappedReport report = Resolved();
  report.report.status = IncidentStatus::kUnknown;
  const Change change = MustMerge(nullptr, report, 40);
  EXPECT_EQ(change.incident.content().status, IncidentStatus::kResolved);
  EXPECT_FALSE(change.incident.ongoing());
}

TEST(MergeTest, AReopenedIncidentHasNoEndUntilItEndsAgain) {
  const Change resolved = MustMerge(nullptr, Resolved(), 31);
  MappedReport again = Resolved();
  again.report.status = IncidentStatus::kInvestigating;
  again.report.updates.push_back({"u3", IncidentStatus::kInvestigating, Minute(40), "back"});
  const Change reopened = MustMerge(&resolved.incident, again, 41);
  EXPECT_EQ(reopened.kind, ChangeKind::kReopened);
  EXPECT_THAT(reopened.changed, ElementsAre("closed_at", "duration_seconds", "ongoing",
                                            "resolved_at", "status", "updates"));
  EXPECT_EQ(reopened.incident.stages().resolved, Minute(30)) << "the stage keeps its time";
  again.report.status = IncidentStatus::kResolved;
  again.report.updates.push_back({"u4", IncidentStatus::kResolved, Minute(60), "over"});
  EXPECT_EQ(MustMerge(&reopened.incident, again, 61).incident.closed_at(), Minute(60));
}

TEST(MergeTest, WhatNobodyCanSeeIsKeptAndNotTold) {
  const Change imported = MustMerge(nullptr, Resolved(), 40, Origin::kImport);
  EXPECT_TRUE(imported.incident.content().imported);
  const Change confirmed = MustMerge(&imported.incident, Resolved(), 50);
  EXPECT_EQ(confirmed.kind, ChangeKind::kUnseen);
  EXPECT_EQ(confirmed.incident.revision(), 1);
  EXPECT_EQ(confirmed.incident.updated_at(), imported.incident.updated_at());
  EXPECT_FALSE(confirmed.incident.content().imported);
}

TEST(ImportTest, AnInferredEndComesBack) {
  MappedReport import = Investigating();
  import.report.status = IncidentStatus::kResolved;
  import.report.end_inferred_at = Minute(30);
  const Change imported = MustMerge(nullptr, import, 40, Origin::kImport);
  EXPECT_EQ(imported.incident.content().end_inferred_at, Minute(30));
  EXPECT_EQ(imported.incident.closed_at(), Minute(30));
}

TEST(ImportTest, TakesNothingFromWhatAPageSaid) {
  MappedReport page = Resolved();
  page.report.url = "https://status.example/abc";
  const Change known = MustMerge(nullptr, page, 40);
  MappedReport import = Investigating();
  import.report.title = "Imported title";
  import.report.url = "https://elsewhere.example";
  import.report.impact = Impact::kCritical;
  import.services = {ServiceId("openai/chatgpt")};
  import.report.withdrawn_at = Minute(50);
  EXPECT_FALSE(Merge(&known.incident, import, From(Origin::kImport, 60), Minute(60))->has_value())
      << "a newer fetch makes an import no better";
}

TEST(ImportTest, FillsInWhatThePageDidNotSay) {
  MappedReport page = Investigating();
  page.services.reset();
  page.report.updates.clear();
  const Change known = MustMerge(nullptr, page, 40);
  const Change filled = MustMerge(&known.incident, Resolved(), 30, Origin::kImport);
  EXPECT_THAT(filled.incident.content().services, ElementsAre(ServiceId("openai/api")));
  EXPECT_EQ(filled.incident.content().updates.size(), 2u);
  EXPECT_FALSE(filled.incident.content().imported);
  EXPECT_FALSE(
      Merge(&filled.incident, Resolved(), From(Origin::kImport, 70), Minute(70))->has_value());
}

TEST(ImportTest, APageTakesOverWheneverItWasFetched) {
  MappedReport import = Resolved();
  import.report.title = "Imported title";
  const Change imported = MustMerge(nullptr, import, 500, Origin::kImport);
  EXPECT_EQ(imported.kind, ChangeKind::kResolved);
  const Change taken = MustMerge(&imported.incident, Resolved(), 40);
  EXPECT_EQ(taken.incident.content().title, "Elevated errors");
  EXPECT_EQ(taken.incident.source_at(), Minute(40));
  EXPECT_FALSE(
      Merge(&taken.incident, import, From(Origin::kImport, 500), Minute(500))->has_value());
}

TEST(ImportTest, TwiceIsOnceAndBareStagesDoNotReplaceWords) {
  const Change imported = MustMerge(nullptr, Resolved(), 40, Origin::kImport);
  EXPECT_FALSE(
      Merge(&imported.incident, Resolved(), From(Origin::kImport, 41), Minute(41))->has_value());
  MappedReport bare = Resolved();
  for (Update& update : bare.report.updates) update.body.clear();
  EXPECT_FALSE(Merge(&imported.incident, bare, From(Origin::kImport, 42), Minute(42))->has_value());
}

TEST(ImportTest, KeepsThatAnIncidentWasWithdrawn) {
  MappedReport import = Resolved();
  import.report.withdrawn_at = Minute(35);
  const Change imported = MustMerge(nullptr, import, 40, Origin::kImport);
  EXPECT_EQ(imported.kind, ChangeKind::kWithdrawn);
  EXPECT_EQ(imported.incident.content().withdrawn_at, Minute(35));
}

TEST(InferEndTest, WhatAListOfTheOngoingNoLongerHoldsIsOver) {
  const Change opened = MustMerge(nullptr, Investigating(), 1);
  const auto ended = InferEnd(opened.incident, Polled(20), Minute(21));
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->kind, ChangeKind::kResolved);
  EXPECT_EQ(ended->incident.closed_at(), Minute(20));
  EXPECT_THAT(ended->incident.flags(), Contains(flag::kEndInferred));
  EXPECT_EQ(ended->incident.content().updates.size(), 1u) << "no update is made up";
  EXPECT_FALSE(InferEnd(ended->incident, Polled(30), Minute(30))) << "once is enough";
  EXPECT_FALSE(InferEnd(opened.incident, Polled(1), Minute(30))) << "no newer than what we know";

  const Change back = MustMerge(&ended->incident, Investigating(), 40);
  EXPECT_EQ(back.kind, ChangeKind::kReopened);
  EXPECT_FALSE(back.incident.stages().resolved);
  EXPECT_EQ(MustMerge(&ended->incident, Resolved(), 40).incident.closed_at(), Minute(30))
      << "a stated end is better than an inferred one";
}

TEST(InferEndTest, SaysNothingOfWhatOnlyImportsToldOf) {
  const Change imported = MustMerge(nullptr, Investigating(), 1, Origin::kImport);
  EXPECT_FALSE(InferEnd(imported.incident, Polled(20), Minute(21)));
  EXPECT_FALSE(Withdraw(imported.incident, Polled(20), Minute(21)));
}

}  // namespace
}  // namespace fails::normalizer
