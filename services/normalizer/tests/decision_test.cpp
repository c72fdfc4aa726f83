// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "services/normalizer/domain/merge.h"
#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Absence = platforms::Listing::Absence;

MappedReport Named(MappedReport report, const char* id) {
  report.report.native_id = id;
  return report;
}

Stored Holding(const std::vector<MappedReport>& reports, Origin origin = Origin::kPoll) {
  Stored stored;
  for (const MappedReport& report : reports) {
    Change change = MustMerge(nullptr, report, 1, origin);
    stored.incidents.emplace(change.incident.id(), change.incident);
  }
  return stored;
}

std::vector<std::string> Ended(const Stored& stored, const platforms::Listing& listing,
                               std::vector<MappedReport> reports = {},
                               const Source& source = Polled(60)) {
  const Statement statement{.source = source,
                            .reports = std::move(reports),
                            .listing = listing,
                            .days = {},
                            .states = {}};
  const auto decision = Decide(
      statement, stored, [](const PageId&) { return true; }, Minute(60));
  EXPECT_TRUE(decision.ok()) << decision.status();
  std::vector<std::string> ids;
  if (!decision.ok()) return ids;
  for (const Change& change : decision->incidents) ids.push_back(change.incident.native_id());
  return ids;
}

TEST(DecideTest, AListOfTheOngoingEndsWhatIsMissingAndOpen) {
  const Stored stored =
      Holding({Named(Investigating(), "a"), Named(Investigating(), "b"), Named(Resolved(), "c")});
  EXPECT_THAT(
      Ended(stored, {.oldest = {}, .absence = Absence::kResolved}, {Named(Investigating(), "a")}),
      ElementsAre("b"));
  EXPECT_THAT(
      Ended(stored, {.oldest = {}, .absence = Absence::kWithdrawn}, {Named(Investigating(), "a")}),
      ElementsAre("b", "c"));
}

TEST(DecideTest, AListingSaysNothingOfMaintenancesOtherPagesImportsAndWhatIsOlder) {
  MappedReport maintenance = Named(Investigating(), "m");
  maintenance.report.impact = Impact::kMaintenance;
  MappedReport elsewhere = Named(Investigating(), "p");
  elsewhere.page = PageId("other");
  const platforms::Listing listing{.oldest = {}, .absence = Absence::kResolved};
  EXPECT_THAT(Ended(Holding({maintenance, elsewhere}), listing), IsEmpty());
  EXPECT_THAT(Ended(Holding({Investigating()}, Origin::kImport), listing), IsEmpty());
  EXPECT_THAT(Ended(Holding({Investigating()}), {.oldest = Minute(1)}), IsEmpty());
  EXPECT_THAT(Ended(Holding({Investigating()}), {.oldest = Minute(0)}), ElementsAre("abc"));
}

TEST(DecideTest, AListingTakesBackNothingThatAnEarlierPlatformOfThePageToldOf) {
  const Stored stored = Holding({Named(Investigating(), "open"), Named(Resolved(), "over")});
  Source moved = Polled(60);
  moved.platform = "incidentio";
  for (const Absence absence : {Absence::kWithdrawn, Absence::kResolved}) {
    const Statement statement{.source = moved,
                              .listing = platforms::Listing{.oldest = {}, .absence = absence}};
    const auto decision = Decide(
        statement, stored, [](const PageId&) { return true; }, Minute(60));
    ASSERT_TRUE(decision.ok()) << decision.status();
    ASSERT_EQ(decision->incidents.size(), 1u);
    EXPECT_EQ(decision->incidents[0].incident.native_id(), "open");
    EXPECT_EQ(decision->incidents[0].kind, ChangeKind::kResolved);
    EXPECT_EQ(decision->incidents[0].incident.flags(), std::vector<std::string>{flag::kEndInferred})
        << "whether nobody will tell its end";
  }
}

TEST(DecideTest, AnOlderListingSaysNothing) {
  EXPECT_THAT(Ended(Holding({Investigating()}), {}, {}, Polled(0)), IsEmpty());
}

// A page of a whole cloud tells of incidents that concern none of our services.
TEST(DecideTest, IncidentsOfOtherProductsAreTakenInOnlyIfTheyWereOurs) {
  MappedReport strange = Named(Investigating(), "strange");
  MappedReport moved = Named(Investigating(), "moved");
  const Stored stored = Holding({moved});
  strange.of_others = true;
  moved.of_others = true;
  moved.report.title = "It was something else";
  EXPECT_THAT(Ended(stored, {.oldest = {}, .absence = Absence::kResolved}, {strange, moved}),
              ElementsAre("moved"))
      << "what was ours goes on, and is not missing from the list";
}

}  // namespace
}  // namespace fails::normalizer
