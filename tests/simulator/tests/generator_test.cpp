// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/generator.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "tests/simulator/demo/stages.h"

namespace fails::simulator {
namespace {

absl::TimeZone ZoneOf(const PageSpec& page) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(page.time_zone, &zone)) << page.time_zone;
  return zone;
}

std::vector<Incident> Years(const PageSpec& page, std::uint64_t seed, int first_year, int years) {
  std::vector<Incident> all;
  const absl::CivilMonth begin(first_year, 1);
  for (absl::CivilMonth month = begin; month < begin + 12 * years; ++month) {
    for (Incident& incident : IncidentsOfMonth(page, ZoneOf(page), seed, month)) {
      all.push_back(std::move(incident));
    }
  }
  return all;
}

std::set<std::string> StagesOf(const Incident& incident) {
  std::set<std::string> stages;
  for (const Update& update : incident.updates) stages.insert(update.status);
  return stages;
}

std::vector<double> HoursToRecover(const std::vector<Incident>& incidents, std::size_t component) {
  std::vector<double> hours;
  for (const Incident& incident : incidents) {
    const std::set<std::size_t> components(incident.components.begin(), incident.components.end());
    if (components.count(component) == 0 || incident.updates.front().status == "resolved") continue;
    const absl::Time resolved = *LastAt(incident, "resolved");
    hours.push_back(absl::ToDoubleHours(resolved - incident.created_at()));
  }
  return hours;
}

double Mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

TEST(GeneratorTest, TheSameSeedTellsTheSameMonth) {
  for (const PageSpec& page : DemoPages()) {
    const auto one = IncidentsOfMonth(page, ZoneOf(page), 7, absl::CivilMonth(2025, 11));
    const auto two = IncidentsOfMonth(page, ZoneOf(page), 7, absl::CivilMonth(2025, 11));
    ASSERT_EQ(one.size(), two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].code, two[i].code);
      EXPECT_EQ(one[i].name, two[i].name);
      EXPECT_EQ(one[i].updated_at(), two[i].updated_at());
    }
  }
}

TEST(GeneratorTest, AnotherSeedTellsAnotherMonth) {
  const PageSpec& page = DemoPages()[0];
  const auto one = IncidentsOfMonth(page, ZoneOf(page), 1, absl::CivilMonth(2025, 11));
  const auto two = IncidentsOfMonth(page, ZoneOf(page), 2, absl::CivilMonth(2025, 11));
  ASSERT_FALSE(one.empty());
  ASSERT_FALSE(two.empty());
  EXPECT_NE(one[0].code, two[0].code);
}

TEST(GeneratorTest, MeanTimesAreThoseOfThePublishedTables) {
  for (const PageSpec& page : DemoPages()) {
    const int years = 60;
    const std::vector<Incident> incidents = Years(page, 3, 1970, years);
    for (std::size_t i = 0; i < page.components.size(); ++i) {
      const std::vector<double> hours = HoursToRecover(incidents, i);
      EXPECT_GE(Mean(hours), 2.0) << page.components[i].name;
      EXPECT_LE(Mean(hours), 4.0) << page.components[i].name;
      std::size_t count = 0;
      for (const Incident& incident : incidents) {
        for (const std::size_t component : incident.components) count += component == i;
      }
      const double days_between = years * 365.25 / static_cast<double>(count);
      EXPECT_GE(days_between, 3.8) << page.components[i].name;
      EXPECT_LE(days_between, 42) << page.components[i].name;
    }
  }
}

TEST(GeneratorTest, ThreeYearsOfTheDefaultSeedKeepWithinTheTablesToo) {
  for (const PageSpec& page : DemoPages()) {
    const std::vector<Incident> incidents = Years(page, 1, 2023, 4);
    for (std::size_t i = 0; i < page.components.size(); ++i) {
      const double mean = Mean(HoursToRecover(incidents, i));
      EXPECT_GE(mean, 2.0) << page.components[i].name;
      EXPECT_LE(mean, 4.0) << page.components[i].name;
    }
  }
}

TEST(GeneratorTest, StagePatternsHaveTheSharesOfThePublishedTable) {
  std::map<std::set<std::string>, double> share;
  double total = 0;
  for (const PageSpec& page : DemoPages()) {
    for (const Incident& incident : Years(page, 5, 1970, 40)) {
      ++share[StagesOf(incident)];
      ++total;
    }
  }
  EXPECT_EQ(share.size(), StagePatterns().size());
  for (const StagePattern& pattern : StagePatterns()) {
    std::set<std::string> stages(pattern.stages.begin(), pattern.stages.end());
    if (pattern.postmortem) stages.insert("postmortem");
    EXPECT_NEAR(100 * share[stages] / total, 100.0 * pattern.count / 537, 1.0)
        << pattern.stages.size() << " stages, postmortem " << pattern.postmortem;
  }
}

TEST(GeneratorTest, UpdatesAreByTimeAndMarkedAsInvented) {
  std::size_t out_of_order = 0, total = 0;
  for (const PageSpec& page : DemoPages()) {
    for (const Incident& incident : Years(page, 1, 2010, 12)) {
      ASSERT_FALSE(incident.updates.empty());
      EXPECT_EQ(incident.name.rfind("Demo: ", 0), 0u) << incident.name;
      EXPECT_EQ(incident.code.size(), 12u);
      std::string all_text;
      for (std::size_t i = 0; i < incident.updates.size(); ++i) {
        all_text += incident.updates[i].body;
        if (i == 0) continue;
        EXPECT_LE(incident.updates[i - 1].at, incident.updates[i].at);
      }
      EXPECT_NE(all_text.find("(Invented for a demonstration"), std::string::npos);
      const auto investigating = FirstAt(incident, "investigating");
      const auto identified = FirstAt(incident, "identified");
      out_of_order += investigating && identified && *investigating > *identified;
      ++total;
    }
  }
  EXPECT_GT(out_of_order, 0u);  // a few, as in the real data
  EXPECT_LT(out_of_order, total / 50);
}

TEST(GeneratorTest, AMaintenanceIsAnnouncedBeforeItBegins) {
  std::size_t count = 0;
  for (const PageSpec& page : DemoPages()) {
    for (absl::CivilMonth month(2024, 1); month < absl::CivilMonth(2025, 1); ++month) {
      for (const Incident& maintenance : MaintenancesOfMonth(page, 1, month)) {
        ++count;
        ASSERT_TRUE(maintenance.window.has_value());
        EXPECT_LT(*FirstAt(maintenance, "scheduled"), maintenance.window->begin);
        EXPECT_EQ(*FirstAt(maintenance, "completed"), maintenance.window->end);
        EXPECT_EQ(maintenance.impact, "maintenance");
      }
    }
  }
  EXPECT_GT(count, 12u);
}

TEST(GeneratorTest, WatchableIncidentsAreOverInMinutes) {
  Rng rng("watch");
  const absl::Time at = absl::FromUnixSeconds(1'770'000'000);
  for (int i = 0; i < 500; ++i) {
    const PageSpec& page = DemoPages()[static_cast<std::size_t>(i) % DemoPages().size()];
    const Incident incident = WatchableIncident(page, rng, at, 1);
    const absl::Duration life = *LastAt(incident, "resolved") - at;
    EXPECT_EQ(incident.created_at(), at);
    EXPECT_NE(incident.updates.front().status, "resolved");
    EXPECT_GE(life, absl::Seconds(59));
    EXPECT_LE(life, absl::Minutes(3));
  }
}

}  // namespace
}  // namespace fails::simulator
