// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/tests/support/naive_study.h"

#include <algorithm>
#include <iterator>

#include "common/base/time.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics::testing {
namespace {

constexpr const char* kServices[] = {
    "openai/api",    "openai/chatgpt",   "openai/dall-e",     "openai/playground",
    "anthropic/api", "anthropic/claude", "anthropic/console", "character-ai/character-ai"};

constexpr std::int64_t kFirst = 1'669'852'800;  // 2022-12-01, before anything that was made up

std::size_t MinuteOf(absl::Time at) {
  return static_cast<std::size_t>((absl::ToUnixSeconds(at) - kFirst) / 60);
}

std::optional<absl::Time> Started(const IncidentRow& row, const std::string& start) {
  const Stages& s = row.stages;
  std::optional<absl::Time> first;
  for (const auto& stage : {s.investigating, s.identified, s.monitoring, s.resolved}) {
    if (stage && (!first || *stage < *first)) first = stage;
  }
  if (first && start == "impact" && row.impact_started_at) return row.impact_started_at;
  return first;
}

absl::Time Ended(const IncidentRow& row, absl::Time now) {
  const Stages& s = row.stages;
  if (row.ongoing) return now;
  absl::Time last = absl::InfinitePast();
  for (const auto& stage : {s.investigating, s.identified, s.monitoring, s.resolved}) {
    if (stage) last = std::max(last, *stage);
  }
  return last;
}

bool Inconsistent(const Stages& s) {
  const auto after = [](auto a, auto b) { return a && b && *a > *b; };
  return after(s.investigating, s.identified) || after(s.identified, s.monitoring) ||
         after(s.monitoring, s.resolved) || after(s.resolved, s.postmortem);
}

}  // namespace

NaiveStudy::NaiveStudy(const Invented& data, const Question& question)
    : data_(data), question_(question), tz_(LoadZone(question.tz).value()) {
  now_ = At("2024-09-01T00:00:00Z");
  to_ = question.to.empty() ? now_ : At(question.to);
  if (question.from.empty()) {
    absl::Time first = now_;
    for (const IncidentRow& row : data.incidents) {
      first = std::min(first, Started(row, question.start).value_or(now_));
    }
    from_ = absl::FromCivil(absl::ToCivilDay(first, tz_), tz_);
  } else {
    from_ = At(question.from);
  }
  for (const OutageDayRow& row : data.outage_days) {
    records_[{row.service.str(), absl::FormatCivilTime(row.day.date)}] = &row;
  }
}

bool NaiveStudy::Chosen(const std::string& service) const {
  return question_.services.empty() || std::ranges::count(question_.services, service) > 0;
}

std::vector<std::string> NaiveStudy::services() const {
  std::vector<std::string> chosen;
  for (const char* service : kServices) {
    if (Chosen(service)) chosen.emplace_back(service);
  }
  return chosen;
}

std::vector<std::string> NaiveStudy::providers() const {
  std::vector<std::string> providers;
  for (const std::string& service : services()) {
    const std::string provider = service.substr(0, service.find('/'));
    if (providers.empty() || providers.back() != provider) providers.push_back(provider);
  }
  return providers;
}

NaiveStudy::Selected NaiveStudy::Select(const Wanted& wanted, absl::Time from,
                                        absl::Time to) const {
  Selected selected;
  for (const IncidentRow& row : data_.incidents) {
    const auto started = Started(row, question_.start);
    if (!started || *started >= to) continue;
    const absl::Time ended = Ended(row, now_);
    if (*started < from && !(wanted.downtime && ended > from)) continue;
    if (question_.impact && row.impact != *question_.impact) continue;
    const bool chosen = std::ranges::any_of(
        row.services, [&](const ServiceId& service) { return Chosen(service.str()); });
    if (!chosen && !(row.services.empty() && question_.services.empty())) continue;
    if (row.impact == Impact::kMaintenance && !question_.maintenance) {
      ++selected.excluded["maintenance"];
    } else if (Inconsistent(row.stages) && !question_.inconsistent && !wanted.inconsistent) {
      ++selected.excluded["inconsistent"];
    } else if (wanted.service && row.services.empty()) {
      ++selected.excluded["no_service"];
    } else if (wanted.outage_impact &&
               (row.impact == Impact::kNone || row.impact == Impact::kUnknown)) {
      ++selected.excluded["no_outage_impact"];
    } else {
      selected.incidents.push_back({&row, *started, ended});
    }
  }
  return selected;
}

bool NaiveStudy::Affects(const NaiveIncident& incident, const std::string& service) {
  return std::ranges::count(incident.row->services, ServiceId(service)) > 0;
}

std::vector<std::string> NaiveStudy::Days() const {
  std::vector<std::string> days;
  for (absl::CivilDay day = absl::ToCivilDay(from_, tz_);
       day <= absl::ToCivilDay(to_ - absl::Seconds(1), tz_); ++day) {
    days.push_back(absl::FormatCivilTime(day));
  }
  return days;
}

std::vector<std::string> NaiveStudy::Months() const {
  std::vector<std::string> months;
  for (const std::string& day : Days()) {
    if (months.empty() || months.back() != day.substr(0, 7)) months.push_back(day.substr(0, 7));
  }
  return months;
}

std::vector<char> NaiveStudy::Down(const Incidents& incidents) const {
  std::vector<char> down(MinuteOf(now_));
  for (const NaiveIncident& incident : incidents) {
    const std::size_t end = MinuteOf(std::max(incident.started, incident.ended));
    for (std::size_t at = MinuteOf(incident.started); at < end; ++at) down.at(at) = 1;
  }
  return down;
}

std::map<std::string, int> NaiveStudy::DowntimeByDay(const Incidents& incidents,
                                                     const std::string& service) const {
  Incidents own;
  std::ranges::copy_if(incidents, std::back_inserter(own),
                       [&](const NaiveIncident& incident) { return Affects(incident, service); });
  const std::vector<char> down = Down(own);
  std::map<std::string, int> by_day;
  std::string day;
  for (std::size_t minute = 0; minute < down.size(); ++minute) {
    // No day of these zones begins but at a full or half hour of UTC.
    if (minute % 30 == 0) day = Day(absl::FromUnixSeconds(kFirst) + absl::Minutes(minute));
    if (down[minute]) ++by_day[day];
  }
  return by_day;
}

int NaiveStudy::DownMinutes(const Incidents& incidents, absl::Time from, absl::Time to) const {
  const std::vector<char> down = Down(incidents);
  return static_cast<int>(std::count(down.begin() + static_cast<std::ptrdiff_t>(MinuteOf(from)),
                                     down.begin() + static_cast<std::ptrdiff_t>(MinuteOf(to)), 1));
}

double NaiveStudy::Length(const std::string& day) const {
  absl::CivilDay civil;
  absl::ParseCivilTime(day, &civil);
  return absl::ToDoubleMinutes(absl::FromCivil(civil + 1, tz_) - absl::FromCivil(civil, tz_));
}

std::optional<absl::Time> NaiveStudy::KnownFrom(const std::string& service) const {
  std::optional<absl::Time> known;
  const auto keep = [&](absl::Time at) { known = std::min(known.value_or(at), at); };
  for (const IncidentRow& row : data_.incidents) {
    const auto started = Started(row, "report");
    if (started && std::ranges::count(row.services, ServiceId(service)) > 0) keep(*started);
  }
  for (const OutageDayRow& row : data_.outage_days) {
    if (row.service.str() == service) keep(absl::FromCivil(row.day.date, tz_));
  }
  return known;
}

const OutageDayRow* NaiveStudy::Record(const std::string& service, const std::string& day) const {
  const auto found = records_.find({service, day});
  return found == records_.end() ? nullptr : found->second;
}

}  // namespace fails::analytics::testing
