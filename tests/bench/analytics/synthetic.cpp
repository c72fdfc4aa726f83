// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/analytics/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fails::bench {
namespace {

using analytics::IncidentRow;
using analytics::OutageDayRow;

struct Industry {
  int providers, services;
};
constexpr Industry kStudy = {4, 11};
constexpr Industry kWhole = {40, 100};
constexpr std::int64_t kSmall = 1000;
constexpr std::int64_t kHour = 3600;

// How likely an incident starts in each hour (UTC) and on each weekday, Monday first.
constexpr std::array<double, 24> kHours = {3, 2, 2, 2, 2, 3, 3, 4, 5, 5, 5, 5,
                                           6, 7, 8, 9, 9, 9, 9, 8, 7, 6, 5, 4};
constexpr std::array<double, 7> kWeekdays = {8, 9, 9, 9, 8, 4, 4};

// Not std::uniform_real_distribution and its like: those differ between standard libraries.
double Unit(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1.0p-53;
}
double Normal(std::mt19937_64& random) {
  const double radius = std::sqrt(-2 * std::log(1 - Unit(random)));
  return radius * std::cos(2 * 3.14159265358979323846 * Unit(random));
}
template <class Weights, class Weight>
std::size_t Pick(const Weights& weights, const Weight& weight_of, double total,
                 std::mt19937_64& random) {
  double left = Unit(random) * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    left -= weight_of(weights[i]);
    if (left < 0) return i;
  }
  return weights.size() - 1;
}

// Whether an hour that was drawn evenly is kept, by hour of day and weekday.
bool Busy(std::int64_t second, std::mt19937_64& random) {
  const std::int64_t day = second / 86'400;
  const auto weekday = static_cast<std::size_t>((day + 3) % 7);  // 1970-01-01 was a Thursday
  const auto hour = static_cast<std::size_t>(second / kHour % 24);
  return Unit(random) < kHours[hour] / 9 * kWeekdays[weekday] / 9;
}

}  // namespace

absl::Time Synthetic::Begin() {
  return absl::FromCivil(absl::CivilDay(2020, 1, 1), absl::UTCTimeZone());
}
absl::Time Synthetic::End() {
  return absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone());
}

Synthetic::Synthetic(std::int64_t incidents, std::uint64_t seed)
    : incidents_(incidents), seed_(seed) {
  std::mt19937_64 random(seed);
  const Industry industry = incidents < kSmall ? kStudy : kWhole;
  for (int p = 0; p < industry.providers; ++p) {
    Provider& provider = providers_.emplace_back();
    provider.id = fmt::format("provider-{:02}", p + 1);
    provider.weight = std::exp(Normal(random));
    provider.log_seconds = std::log(90.0 * 60) + 0.6 * Normal(random);
    provider.names_none = 0.15 * Unit(random);
    provider.skips_stage = 0.1 + 0.3 * Unit(random);
  }
  for (int s = 0; s < industry.services; ++s) {
    Provider& provider = providers_[static_cast<std::size_t>(s % industry.providers)];
    provider.services.emplace_back(
        fmt::format("{}/service-{}", provider.id, provider.services.size() + 1));
  }
}

analytics::Names Synthetic::CatalogNames() const {
  analytics::Names::Catalogued catalog;
  for (const Provider& provider : providers_) {
    catalog.emplace_back(ProviderId(provider.id), provider.services);
  }
  return analytics::Names(catalog);
}

void Synthetic::Incidents(const std::function<void(const IncidentRow&)>& take) const {
  std::mt19937_64 random(seed_ + 1);
  const std::int64_t begin = absl::ToUnixSeconds(Begin());
  const auto span = static_cast<double>(absl::ToUnixSeconds(End()) - begin);
  for (std::int64_t i = 0; i < incidents_; ++i) {
    // Each has its slot of the five years, and within about a week of it a busy hour.
    std::int64_t start = 0;
    do {
      const double around = (static_cast<double>(i) + 0.5) / static_cast<double>(incidents_) * span;
      start = begin + static_cast<std::int64_t>(
                          std::clamp(around + (Unit(random) - 0.5) * 7 * 86'400, 0.0, span - 1));
    } while (!Busy(start, random));
    take(Make(i, start, random));
  }
}

IncidentRow Synthetic::Make(std::int64_t number, std::int64_t start,
                            std::mt19937_64& random) const {
  double total = 0;
  for (const Provider& provider : providers_) total += provider.weight;
  const Provider& provider = providers_[Pick(
      providers_, [](const Provider& p) { return p.weight; }, total, random)];

  IncidentRow row;
  row.id = IncidentId(fmt::format("{}/{:012x}", provider.id, number * 0x9e3779b1 & 0xffffffffffff));
  row.provider = ProviderId(provider.id);
  row.version = number + 1;
  if (Unit(random) >= provider.names_none) {
    const double more = Unit(random) < 0.25 ? 0.6 : 0.0;
    const std::size_t first = random() % provider.services.size();
    for (std::size_t s = 0; s < provider.services.size(); ++s) {
      if (s == first || Unit(random) < more) row.services.push_back(provider.services[s]);
    }
  }
  constexpr std::array kLevels = {std::pair(Impact::kNone, 12.0), std::pair(Impact::kMinor, 52.0),
                                  std::pair(Impact::kMajor, 23.0),
                                  std::pair(Impact::kCritical, 7.0),
                                  std::pair(Impact::kMaintenance, 6.0)};
  row.impact = kLevels[Pick(
                           kLevels, [](const auto& level) { return level.second; }, 100, random)]
                   .first;

  const double seconds =
      std::clamp(std::exp(provider.log_seconds + 1.1 * Normal(random)), 60.0, 30.0 * 86'400);
  const absl::Time began = absl::FromUnixSeconds(start);
  const auto at = [&](double share) {
    return began + absl::Seconds(static_cast<std::int64_t>(seconds * share));
  };
  const double identified = 0.1 + 0.4 * Unit(random);
  const double monitoring = identified + (0.9 - identified) * Unit(random);
  const auto posted = [&] { return Unit(random) >= provider.skips_stage; };
  if (posted()) row.stages.investigating = began;
  if (posted()) row.stages.identified = at(identified);
  if (posted()) row.stages.monitoring = at(monitoring);
  row.stages.resolved = at(1);
  if (Unit(random) < 0.03) row.stages.postmortem = at(1) + absl::Hours(48);
  if (Unit(random) < 0.01 && row.stages.identified && row.stages.monitoring) {
    std::swap(row.stages.identified, row.stages.monitoring);  // a page with its stages mixed up
  }
  if (*row.stages.resolved > End()) {
    row.stages.resolved.reset();
    row.stages.postmortem.reset();
    row.ongoing = true;
    if (!row.stages.investigating) row.stages.investigating = began;
  }
  return row;
}

void Synthetic::OutageDays(const std::function<void(const OutageDayRow&)>& take) const {
  std::mt19937_64 random(seed_ + 2);
  const auto first = absl::CivilDay(2020, 1, 1);
  const auto last = absl::CivilDay(2025, 1, 1);
  for (const Provider& provider : providers_) {
    for (const ServiceId& service : provider.services) {
      for (absl::CivilDay day = first; day < last; ++day) {
        OutageDayRow row{.service = service, .day = {.date = day}, .version = 1};
        if (Unit(random) < 0.06) {
          auto& seconds = Unit(random) < 0.7 ? row.day.partial_seconds : row.day.major_seconds;
          seconds = static_cast<std::int32_t>(60 + random() % 20'000);
        }
        take(row);
      }
    }
  }
}

}  // namespace fails::bench
