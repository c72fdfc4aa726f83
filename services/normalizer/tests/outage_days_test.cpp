// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/outage_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::CivilDay kMonday(2026, 3, 2);
const ServiceId kApi("openai/api");

const catalog::Catalog& SomeCatalog() {
  static const catalog::Catalog catalog = *catalog::Catalog::Parse(
      R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
      services: [{id: api, name: API, components: [{name: API}, {name: API EU}]}],
      pages: [{id: openai, platform: statuspage, url: "https://x"}]}]})");
  return catalog;
}

OutageDayReport Said(const char* component, std::int32_t partial, std::int32_t major,
                     absl::CivilDay date = kMonday) {
  return {.provider = "", .component = {"", component}, .day = {date, partial, major}};
}

MappedDays Map(const std::vector<OutageDayReport>& reports, Origin origin = Origin::kPoll) {
  return MapOutageDays(SomeCatalog(), From(origin, 0), reports);
}

StoredDays Known(const OutageDay& day, const char* page, int fetched) {
  return {{{kApi, day.date}, StoredDay{day, PageId(page), Minute(fetched)}}};
}

TEST(MapOutageDaysTest, OfSeveralComponentsTheWorstOfEach) {
  const MappedDays mapped = Map({Said("API", 600, 0), Said("API EU", 0, 300), Said("Sora", 1, 1)});
  ASSERT_THAT(mapped.days, SizeIs(1));
  EXPECT_EQ(mapped.days.begin()->second, (OutageDay{kMonday, 600, 300}));
  EXPECT_THAT(mapped.unmapped, ElementsAre("Sora")) << "counted, not stored";
}

TEST(MapOutageDaysTest, DaysThatCannotBeAreProblems) {
  const MappedDays mapped = Map({Said("API", -1, 0), Said("API", 0, 100'000),
                                 Said("API", 1, 1, absl::CivilDay(12, 1, 1)), Said("API", 0, 0)});
  EXPECT_THAT(mapped.problems, SizeIs(3));
  EXPECT_THAT(mapped.days, SizeIs(1)) << "a day without an outage is a day that is known";
}

TEST(MapOutageDaysTest, AnImportNamesItsProvider) {
  OutageDayReport report = Said("API", 5, 0);
  EXPECT_THAT(Map({report}, Origin::kImport).problems, SizeIs(1));
  report.provider = "openai";
  EXPECT_THAT(Map({report}, Origin::kImport).days, SizeIs(1));
  report.provider = "nobody";
  EXPECT_THAT(Map({report}, Origin::kImport).problems, SizeIs(1));
}

TEST(ChangedDaysTest, NewIsWrittenAndTheSameIsNot) {
  const auto first = ChangedDays({}, Map({Said("API", 600, 0)}), Polled(10));
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].first, kApi);
  EXPECT_EQ(first[0].second.page, PageId("openai"));
  const StoredDays known = Known({kMonday, 600, 0}, "openai", 10);
  EXPECT_THAT(ChangedDays(known, Map({Said("API", 600, 0)}), Polled(20)), IsEmpty());
}

TEST(ChangedDaysTest, TheNewerDocumentWinsAlsoDownwards) {
  const StoredDays known = Known({kMonday, 600, 60}, "openai", 10);
  const auto newer = ChangedDays(known, Map({Said("API", 300, 0)}), Polled(20));
  ASSERT_THAT(newer, SizeIs(1));
  EXPECT_EQ(newer[0].second.day, (OutageDay{kMonday, 300, 0}));
  EXPECT_THAT(ChangedDays(known, Map({Said("API", 900, 0)}), Polled(9)), IsEmpty());
}

TEST(ChangedDaysTest, AnImportFillsInAndAPageTakesOver) {
  const auto said = Map({Said("API", 900, 0)});
  EXPECT_THAT(ChangedDays(Known({kMonday, 600, 0}, "openai", 10), said, From(Origin::kImport, 99)),
              IsEmpty());
  const auto fresh = ChangedDays({}, said, From(Origin::kImport, 99));
  ASSERT_THAT(fresh, SizeIs(1));
  EXPECT_EQ(fresh[0].second.page, PageId("import"));
  const StoredDays imported = Known({kMonday, 600, 0}, "import", 99);
  const auto taken = ChangedDays(imported, said, Polled(10));
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_EQ(taken[0].second.page, PageId("openai"));
  EXPECT_EQ(taken[0].second.day.partial_seconds, 900);
}

TEST(ChangedDaysTest, OfTwoPagesTheWorseHolds) {
  const StoredDays known = Known({kMonday, 600, 0}, "other", 10);
  EXPECT_THAT(ChangedDays(known, Map({Said("API", 0, 0)}), Polled(20)), IsEmpty());
  const auto worse = ChangedDays(known, Map({Said("API", 0, 60)}), Polled(20));
  ASSERT_THAT(worse, SizeIs(1));
  EXPECT_EQ(worse[0].second.day, (OutageDay{kMonday, 600, 60}));
}

}  // namespace
}  // namespace fails::normalizer
