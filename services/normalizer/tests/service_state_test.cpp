// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/domain/service_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/normalizer/tests/reports.h"

namespace fails::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = StateChange::Kind;

const ServiceId kApi("openai/api");

const catalog::Catalog& SomeCatalog() {
  static const catalog::Catalog catalog = *catalog::Catalog::Parse(
      R"({version: 1, providers: [{id: openai, name: OpenAI, color: "#000000",
      services: [{id: api, name: API, components: [{name: API}, {name: API EU}]},
                 {id: chatgpt, name: ChatGPT, components: [{name: ChatGPT}]}],
      pages: [{id: openai, platform: statuspage, url: "https://x"}]}]})");
  return catalog;
}

bool Watched(const PageId& page) {
  return page != PageId("retired");
}

MappedStates Said(ServiceStatus status) {
  return {.states = {{kApi, status}}};
}

// What `source` makes of what is stored; the states are stored.
std::vector<StateChange> Hear(StoredStates& stored, const MappedStates& mapped,
                              const Source& source) {
  auto changes = ChangedStates(stored, mapped, source, Watched);
  for (const StateChange& change : changes) {
    stored.insert_or_assign(change.state.service, change.state);
  }
  return changes;
}

TEST(MapStatesTest, OfSeveralComponentsTheWorst) {
  using S = ServiceStatus;
  const MappedStates mapped = MapStates(SomeCatalog(), Polled(0),
                                        {{{"", "API"}, S::kOperational},
                                         {{"", "API EU"}, S::kDegraded},
                                         {{"", "ChatGPT"}, S::kUnknown},
                                         {{"", "Sora"}, S::kMajorOutage}},
                                        true);
  EXPECT_EQ(mapped.states.at(kApi), S::kDegraded);
  EXPECT_EQ(mapped.states.at(ServiceId("openai/chatgpt")), S::kUnknown) << "never operational";
  EXPECT_THAT(mapped.unmapped, ElementsAre("Sora"));
  EXPECT_TRUE(mapped.complete);
}

TEST(MapStatesTest, EmptyListsAndImportsSayNothing) {
  EXPECT_FALSE(MapStates(SomeCatalog(), Polled(0), {}, true).complete);
  EXPECT_THAT(MapStates(SomeCatalog(), From(Origin::kImport, 0),
                        {{{"", "API"}, ServiceStatus::kMajorOutage}}, true)
                  .states,
              IsEmpty());
}

TEST(ChangedStatesTest, FirstSightTellsOnlyOfTrouble) {
  StoredStates well, bad, unknown;
  const auto operational = Hear(well, Said(ServiceStatus::kOperational), Polled(1));
  ASSERT_THAT(operational, SizeIs(1));
  EXPECT_EQ(operational[0].kind, Kind::kFirstSeen);
  EXPECT_EQ(Hear(unknown, Said(ServiceStatus::kUnknown), Polled(1))[0].kind, Kind::kFirstSeen);
  const auto outage = Hear(bad, Said(ServiceStatus::kMajorOutage), Polled(1));
  EXPECT_EQ(outage[0].kind, Kind::kChanged);
  EXPECT_EQ(outage[0].state.previous, ServiceStatus::kUnknown);
  EXPECT_EQ(outage[0].state.revision, 1);
}

TEST(ChangedStatesTest, FollowsAServiceThroughAnOutage) {
  StoredStates stored;
  Hear(stored, Said(ServiceStatus::kOperational), Polled(1));
  const auto down = Hear(stored, Said(ServiceStatus::kMajorOutage), Polled(5));
  ASSERT_THAT(down, SizeIs(1));
  EXPECT_EQ(down[0].kind, Kind::kChanged);
  EXPECT_EQ(down[0].state.since, Minute(5));
  EXPECT_EQ(down[0].state.revision, 2);
  const auto still = Hear(stored, Said(ServiceStatus::kMajorOutage), Polled(9));
  ASSERT_THAT(still, SizeIs(1));
  EXPECT_EQ(still[0].kind, Kind::kConfirmed);
  EXPECT_EQ(still[0].state.since, Minute(5));
  EXPECT_EQ(still[0].state.reported_at, Minute(9));
  const auto up = Hear(stored, Said(ServiceStatus::kOperational), Polled(20));
  EXPECT_EQ(up[0].state.previous, ServiceStatus::kMajorOutage);
  EXPECT_EQ(up[0].state.revision, 3);
}

TEST(ChangedStatesTest, AnOlderDocumentNeverOverwritesAndTheSameAgainIsNothing) {
  StoredStates stored;
  Hear(stored, Said(ServiceStatus::kMajorOutage), Polled(10));
  EXPECT_THAT(Hear(stored, Said(ServiceStatus::kOperational), Polled(9)), IsEmpty());
  EXPECT_THAT(Hear(stored, Said(ServiceStatus::kMajorOutage), Polled(10)), IsEmpty());
}

TEST(ChangedStatesTest, AnUnknownWordIsNotOperationalAndIsTold) {
  StoredStates stored;
  Hear(stored, Said(ServiceStatus::kOperational), Polled(1));
  const auto changes = Hear(stored, Said(ServiceStatus::kUnknown), Polled(2));
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].kind, Kind::kChanged);
}

TEST(ChangedStatesTest, WhatVanishesFromACompleteListIsUnknown) {
  StoredStates stored;
  Hear(stored, Said(ServiceStatus::kOperational), Polled(1));
  const MappedStates other = {
      .states = {{ServiceId("openai/chatgpt"), ServiceStatus::kOperational}}};
  Hear(stored, other, Polled(2));
  EXPECT_EQ(stored.at(kApi).status, ServiceStatus::kOperational) << "absence says nothing";
  MappedStates complete = other;
  complete.complete = true;
  Hear(stored, complete, Polled(3));
  EXPECT_EQ(stored.at(kApi).status, ServiceStatus::kUnknown);
  EXPECT_EQ(stored.at(kApi).reported_at, Minute(1));
  EXPECT_EQ(stored.at(kApi).revision, 2);
  Hear(stored, complete, Polled(4));
  EXPECT_EQ(stored.at(kApi).revision, 2) << "once";
}

TEST(ChangedStatesTest, OfTwoPagesTheWorseIsBelievedUntilItRecoversItself) {
  Source other = Polled(5);
  other.page = PageId("other");
  StoredStates stored;
  Hear(stored, Said(ServiceStatus::kMajorOutage), Polled(1));
  EXPECT_THAT(Hear(stored, Said(ServiceStatus::kOperational), other), IsEmpty());
  Hear(stored, Said(ServiceStatus::kOperational), Polled(6));
  other.fetched_at = Minute(7);
  EXPECT_EQ(Hear(stored, Said(ServiceStatus::kDegraded), other)[0].state.page, PageId("other"));

  stored.at(kApi).page = PageId("retired");
  EXPECT_EQ(Hear(stored, Said(ServiceStatus::kOperational), Polled(8))[0].kind, Kind::kChanged)
      << "a page that is no longer watched does not hold";
}

}  // namespace
}  // namespace fails::normalizer
