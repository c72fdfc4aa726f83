// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/generator.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/simulator/demo/stages.h"
#include "tests/simulator/demo/texts.h"

namespace fails::simulator {
namespace {

constexpr double kSigma = 1.0;  // of the logarithm of the time to recover
constexpr double kLongestHours = 60;
constexpr double kMeanDaysToPostmortem = 4;  // the published P_learn
constexpr double kShareOutOfOrder = 0.009;   // 5 of 542 incidents have stages in the wrong order
constexpr double kChanceOfRepeat = 0.35;     // of an update that posts the same stage again
const std::array<const char*, 4> kImpacts = {"none", "minor", "major", "critical"};

// How long the two parts of a life take.
struct Pace {
  absl::Duration to_recover;
  absl::Duration to_postmortem;
  absl::Duration shortest_gap_to_repeat;
};

// Incidents follow people's working hours: 1 on average over a week, at most kBusiest.
constexpr double kBusiest = 1.6 * 7 / 6;
double Intensity(absl::Time at, const absl::TimeZone& zone) {
  const absl::CivilHour hour = absl::ToCivilHour(at, zone);
  const absl::Weekday day = absl::GetWeekday(hour);
  const bool weekend = day == absl::Weekday::saturday || day == absl::Weekday::sunday;
  const double by_hour = hour.hour() >= 7 && hour.hour() < 17 ? 1.6 : 8.0 / 14;
  return by_hour * (weekend ? 3.5 / 6 : 7.0 / 6);
}

std::vector<std::string> NamesOf(const PageSpec& page, const std::vector<std::size_t>& components) {
  std::vector<std::string> names;
  for (const std::size_t component : components) names.push_back(page.components[component].name);
  return names;
}

// The worse, the longer, with the page's mean kept.
double HoursToRecover(const PageSpec& page, std::size_t impact, Rng& rng) {
  constexpr std::array<double, 4> kFactor = {0.7, 0.9, 1.15, 1.4};
  double mean_factor = 0;
  for (std::size_t i = 0; i < kFactor.size(); ++i)
    mean_factor += kFactor[i] * page.impact_shares[i];
  const double mean = page.mean_hours_to_recover * kFactor[impact] / mean_factor;
  return std::clamp(rng.LogNormal(mean, kSigma), 0.05, kLongestHours);
}

// One moment, to the millisecond.
absl::Time Between(absl::Time begin, absl::Duration span, double share) {
  return absl::FromUnixMillis(absl::ToUnixMillis(begin + span * share));
}

Incident MakeIncident(const PageSpec& page, const FailureMode& mode, std::size_t impact,
                      const StagePattern& pattern, absl::Time at, const Pace& pace, Rng& rng) {
  Incident incident;
  incident.code = rng.Code();
  incident.impact = kImpacts[impact];
  incident.components = mode.components;
  const IncidentTexts texts(incident.impact, NamesOf(page, mode.components), rng);
  incident.name = texts.title();

  const std::vector<double> offsets = StageOffsets(pattern, rng);
  const auto post = [&](const std::string& status, absl::Time when, bool again) {
    const std::string body = texts.Body(status, incident.updates.empty(), again);
    incident.updates.push_back({rng.Code(), status, body, when});
  };
  for (std::size_t i = 0; i < pattern.stages.size(); ++i) {
    post(pattern.stages[i], Between(at, pace.to_recover, offsets[i]), false);
    if (i + 1 == pattern.stages.size()) break;
    const double gap = offsets[i + 1] - offsets[i];
    if (pace.to_recover * gap > pace.shortest_gap_to_repeat && rng.Chance(kChanceOfRepeat)) {
      const double offset = offsets[i] + gap * rng.Uniform(0.3, 0.9);
      post(pattern.stages[i], Between(at, pace.to_recover, offset), true);
    }
  }
  if (pattern.postmortem) {
    post("postmortem", Between(incident.updated_at(), pace.to_postmortem, 1), false);
  }
  return incident;
}

std::size_t PickMode(const PageSpec& page, Rng& rng) {
  std::vector<double> rates;
  for (const FailureMode& mode : page.modes) rates.push_back(mode.per_day);
  return rng.Pick(rates);
}

}  // namespace

std::vector<Incident> IncidentsOfMonth(const PageSpec& page, const absl::TimeZone& zone,
                                       std::uint64_t seed, absl::CivilMonth month) {
  Rng rng(absl::StrCat(seed, "/", page.host, "/", absl::FormatCivilTime(month)));
  const absl::Time begin = absl::FromCivil(month, zone);
  const absl::Time end = absl::FromCivil(month + 1, zone);

  std::vector<Incident> incidents;
  for (const FailureMode& mode : page.modes) {
    absl::Time at = begin;
    while (true) {  // a Poisson process at the busiest rate, thinned to the hour's
      at = Between(at, absl::Hours(24) * rng.Exponential(1 / (mode.per_day * kBusiest)), 1);
      if (at >= end) break;
      if (!rng.Chance(Intensity(at, zone) / kBusiest)) continue;
      const std::size_t impact = rng.Pick(page.impact_shares);
      const Pace pace = {
          absl::Hours(1) * HoursToRecover(page, impact, rng),
          absl::Hours(24) * std::clamp(rng.LogNormal(kMeanDaysToPostmortem, 1), 0.2, 30.0),
          absl::Minutes(20)};
      incidents.push_back(MakeIncident(page, mode, impact, PickPattern(rng, false), at, pace, rng));
      std::vector<Update>& updates = incidents.back().updates;
      if (rng.Chance(kShareOutOfOrder) && updates.size() > 2) {
        std::swap(updates[0].at, updates[1].at);
        std::swap(updates[0], updates[1]);
      }
    }
  }
  std::sort(incidents.begin(), incidents.end(), [](const Incident& a, const Incident& b) {
    return std::pair(a.created_at(), a.code) < std::pair(b.created_at(), b.code);
  });
  return incidents;
}

std::vector<Incident> MaintenancesOfMonth(const PageSpec& page, std::uint64_t seed,
                                          absl::CivilMonth month) {
  Rng rng(absl::StrCat(seed, "/", page.host, "/maintenance/", absl::FormatCivilTime(month)));
  if (!rng.Chance(0.6)) return {};
  Incident maintenance;
  maintenance.code = rng.Code();
  maintenance.impact = "maintenance";
  maintenance.components = page.modes[PickMode(page, rng)].components;
  if (maintenance.components.empty()) maintenance.components = {0};
  const std::string services = JoinNames(NamesOf(page, maintenance.components));
  maintenance.name = absl::StrCat("Demo: Database maintenance of ", services);

  const absl::Time month_begin = absl::FromCivil(month, absl::UTCTimeZone());
  const absl::Time begin = month_begin + absl::Hours(24 * static_cast<int>(rng.Uniform(7, 27))) +
                           absl::Hours(static_cast<int>(rng.Uniform(6, 10)));
  const absl::Time end = begin + absl::Hours(static_cast<int>(rng.Uniform(1, 5)));
  maintenance.window = Window{begin, end};
  const auto post = [&](const char* status, absl::Time at, const std::string& body) {
    maintenance.updates.push_back({rng.Code(), status, body, at});
  };
  post("scheduled", Between(begin, -absl::Hours(24) * rng.Uniform(3, 7), 1),
       absl::StrCat("We will move a database of ", services, ". Short interruptions are possible. ",
                    kInventedNote));
  post("in_progress", Between(begin, absl::Seconds(2), 1), "The maintenance is in progress.");
  if (rng.Chance(0.4)) {
    post("verifying", Between(begin, end - begin, 0.8), "The move is done; we are verifying it.");
  }
  post("completed", Between(begin, end - begin, 1), "The maintenance has been completed.");
  return {maintenance};
}

Incident WatchableIncident(const PageSpec& page, Rng& rng, absl::Time at, double speed) {
  const FailureMode& mode = page.modes[PickMode(page, rng)];
  const std::size_t impact = rng.Pick(page.impact_shares);
  const StagePattern& pattern = PickPattern(rng, true);
  const Pace pace = {absl::Seconds(rng.Uniform(60, 180) / speed),
                     absl::Seconds(rng.Uniform(45, 120) / speed), absl::Seconds(40 / speed)};
  return MakeIncident(page, mode, impact, pattern, at, pace, rng);
}

}  // namespace fails::simulator
