// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/world.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "common/testing/temp_dir.h"
#include "tests/simulator/tests/demo_fixture.h"

namespace fails::simulator {
namespace {

std::set<std::string> Codes(Demo& demo) {
  std::set<std::string> codes;
  for (const PageSpec& page : DemoPages()) {
    const auto view = demo.world->Look(page.host);
    EXPECT_TRUE(view.ok()) << view.status();
    for (const IncidentPtr& incident : (*view)->incidents) codes.insert(incident->code);
  }
  return codes;
}

class StateFile {
  const testing::TempDir folder_{"simulator-state"};

 public:
  const std::filesystem::path path = folder_.path() / "state.json";
};

TEST(WorldTest, TheSameSeedAndStartGiveTheSameLiveIncidents) {
  Demo one, two;
  one.clock.Advance(absl::Minutes(5));
  two.clock.Advance(absl::Minutes(5));
  EXPECT_EQ(Codes(one), Codes(two));

  Demo other({.seed = 2});
  other.clock.Advance(absl::Minutes(5));
  EXPECT_NE(Codes(one), Codes(other));
}

TEST(WorldTest, WhatIsSeenDoesNotDependOnHowOftenOneLooks) {
  Demo often, once;
  for (int i = 0; i < 100; ++i) {
    often.clock.Advance(absl::Seconds(3));
    Codes(often);
  }
  once.clock.Advance(absl::Seconds(300));
  EXPECT_EQ(Codes(often), Codes(once));
}

TEST(WorldTest, ARestartTellsTheSamePast) {
  Demo before(Quiet());
  Demo after(Quiet(), Demo::DefaultNow() + absl::Hours(24 * 9));
  const std::set<std::string> later = Codes(after);
  for (const std::string& code : Codes(before)) EXPECT_TRUE(later.count(code)) << code;
}

TEST(WorldTest, AStateFileKeepsTheLiveIncidentsOverARestart) {
  StateFile file;
  Demo before({.state_file = file.path});
  before.clock.Advance(absl::Minutes(10));
  const std::set<std::string> seen = Codes(before);

  Demo after({.state_file = file.path}, before.clock.Now() + absl::Minutes(1));
  after.clock.Advance(absl::Minutes(1));
  const std::set<std::string> later = Codes(after);
  for (const std::string& code : seen) EXPECT_TRUE(later.count(code)) << code;
  EXPECT_GT(later.size(), seen.size());
}

TEST(WorldTest, ABrokenStateFileIsAnError) {
  StateFile file;
  std::ofstream(file.path) << "{\"sessions\":7}";
  testing::FakeClock clock(Demo::DefaultNow());
  EXPECT_TRUE(absl::IsDataLoss(World::Create({.state_file = file.path}, clock).status()));
}

TEST(WorldTest, SpeedShortensTheWait) {
  Demo slow({.speed = 0.5}), fast({.speed = 10});
  const std::size_t slow_before = Codes(slow).size(), fast_before = Codes(fast).size();
  slow.clock.Advance(absl::Minutes(2));
  fast.clock.Advance(absl::Minutes(2));
  EXPECT_LE(Codes(slow).size() - slow_before, 4u);
  EXPECT_GE(Codes(fast).size() - fast_before, 38u);
}

}  // namespace
}  // namespace fails::simulator
