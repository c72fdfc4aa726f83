// SPDX-License-Identifier: Apache-2.0
// The analyses of availability, days, sets and summaries against a second, naive implementation on
// invented data: the twin of golden_test.cpp that runs everywhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/wire/json.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/json_difference.h"
#include "services/analytics/tests/support/naive_study.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

namespace json = boost::json;
using testing::At;
using testing::NaiveIncident;
using testing::NaiveStudy;
using testing::Question;
using testing::Wanted;
using Incidents = std::vector<NaiveIncident>;
using Result = std::function<json::object(const NaiveStudy&, const Incidents&)>;

json::value Mean(const std::vector<double>& x) {
  if (x.empty()) return nullptr;
  double sum = 0;
  for (const double value : x) sum += value;
  return sum / static_cast<double>(x.size());
}

json::value Median(std::vector<double> x) {
  if (x.empty()) return nullptr;
  std::ranges::sort(x);
  return (x[(x.size() - 1) / 2] + x[x.size() / 2]) / 2;
}

json::value Percent(double part, double whole) {
  return whole == 0 ? json::value(nullptr) : json::value(100 * part / whole);
}

std::optional<double> Recovery(const IncidentRow& row, bool impact) {
  const Stages& s = row.stages;
  std::optional<absl::Time> from;
  for (const auto& stage : {s.investigating, s.identified, s.monitoring}) {
    if (stage && (!from || *stage < *from)) from = stage;
  }
  if (impact && row.impact_started_at) from = row.impact_started_at;
  if (!from || !s.resolved || row.ongoing) return std::nullopt;
  return absl::ToDoubleSeconds(*s.resolved - *from);
}

json::object AvailabilityGroup(const std::string& name, const json::array& values) {
  std::vector<double> known;
  for (const json::value& value : values) {
    if (!value.is_null()) known.push_back(value.to_number<double>());
  }
  const auto share = [&](double limit) {
    return Percent(
        static_cast<double>(std::ranges::count_if(known, [=](double x) { return x >= limit; })),
        static_cast<double>(known.size()));
  };
  const auto below = std::ranges::count_if(known, [](double x) { return x < 90; });
  return {
      {"group", name},
      {"days", known.size()},
      {"availability", values},
      {"min", known.empty() ? json::value(nullptr) : json::value(*std::ranges::min_element(known))},
      {"mean", Mean(known)},
      {"median", Median(known)},
      {"share_100", share(100)},
      {"share_99_999", share(99.999)},
      {"share_99_99", share(99.99)},
      {"share_99_9", share(99.9)},
      {"share_99", share(99)},
      {"share_90", share(90)},
      {"share_below_90", Percent(static_cast<double>(below), static_cast<double>(known.size()))}};
}

json::object Availability(const NaiveStudy& study, const Incidents& incidents) {
  json::array groups;
  for (const std::string& service : study.services()) {
    const auto down = study.DowntimeByDay(incidents, service);
    std::string first = study.Day(*study.KnownFrom(service));
    if (!down.empty()) first = std::min(first, down.begin()->first);
    for (const std::string& day : study.Days()) {
      if (study.Record(service, day)) first = std::min(first, day);
    }
    json::array values;
    for (const std::string& day : study.Days()) {
      if (day < first) {
        values.push_back(nullptr);
        continue;
      }
      const double minutes = down.contains(day) ? down.at(day) : 0;
      values.push_back(100 * (1 - minutes / study.Length(day)));
    }
    groups.push_back(AvailabilityGroup(service, values));
  }
  return {{"dates", json::value_from(study.Days())}, {"groups", groups}};
}

json::object CalendarAvailability(const NaiveStudy& study, const Incidents&) {
  json::array groups;
  for (const std::string& service : study.services()) {
    json::array values;
    for (const std::string& day : study.Days()) {
      const OutageDayRow* record = study.Record(service, day);
      values.push_back(record ? json::value(100 - (record->day.major_seconds / 60.0 +
                                                   0.3 * (record->day.partial_seconds / 60.0)) /
                                                      14.4)
                              : json::value(nullptr));
    }
    groups.push_back(AvailabilityGroup(service, values));
  }
  return {{"dates", json::value_from(study.Days())}, {"groups", groups}};
}

// `days`: by service, the days on which it was out; a service that is missing is unknown.
json::object Matrix(const NaiveStudy& study,
                    const std::map<std::string, std::set<std::string>>& days, bool probability) {
  json::array rows;
  for (const std::string& r : study.services()) {
    json::array values;
    for (const std::string& c : study.services()) {
      if (!days.contains(r) || !days.contains(c)) {
        values.push_back(nullptr);
        continue;
      }
      double both = 0;
      for (const std::string& day : days.at(r)) both += days.at(c).contains(day) ? 1 : 0;
      values.push_back(probability ? Percent(both, static_cast<double>(days.at(c).size())) : both);
    }
    rows.push_back({{"service", r}, {"values", values}});
  }
  return {{"services", json::value_from(study.services())}, {"rows", rows}};
}

std::map<std::string, std::set<std::string>> OutByIncidents(const NaiveStudy& study,
                                                            const Incidents& incidents) {
  std::map<std::string, std::set<std::string>> days;
  const auto range = study.Days();
  for (const std::string& service : study.services()) {
    days[service];
    for (const auto& [day, minutes] : study.DowntimeByDay(incidents, service)) {
      if (std::ranges::count(range, day) > 0) days[service].insert(day);
    }
  }
  return days;
}

std::map<std::string, std::set<std::string>> OutByCalendar(const NaiveStudy& study) {
  std::map<std::string, std::set<std::string>> days;
  for (const std::string& service : study.services()) {
    for (const std::string& day : study.Days()) {
      const OutageDayRow* record = study.Record(service, day);
      if (!record) continue;
      days[service];
      if (record->day.partial_seconds + record->day.major_seconds > 0) days[service].insert(day);
    }
  }
  return days;
}

json::object Sets(const NaiveStudy& study, const Incidents& incidents) {
  json::array groups;
  for (const std::string& provider : study.providers()) {
    std::map<std::vector<std::string>, int> sets;
    std::map<int, int> sizes;
    int n = 0;
    int named = 0;
    for (const NaiveIncident& incident : incidents) {
      if (incident.row->provider.str() != provider) continue;
      std::vector<std::string> set;
      for (const ServiceId& service : incident.row->services) set.push_back(service.str());
      ++n;
      ++sets[set];
      if (!set.empty()) ++named, ++sizes[static_cast<int>(set.size())];
    }
    std::vector<std::pair<int, std::vector<std::string>>> ranked;
    for (const auto& [set, count] : sets) ranked.emplace_back(-count, set);
    std::ranges::sort(ranked);
    json::array combinations, range;
    for (const auto& [minus, set] : ranked) {
      combinations.push_back(
          {{"services", json::value_from(set)}, {"count", -minus}, {"share", Percent(-minus, n)}});
    }
    for (const auto& [size, count] : sizes) {
      range.push_back({{"services", size}, {"count", count}, {"share", Percent(count, named)}});
    }
    groups.push_back({{"provider", provider},
                      {"n", n},
                      {"combinations", combinations},
                      {"impact_range", range}});
  }
  return {{"groups", groups}};
}

json::object Timeline(const NaiveStudy& study, const Incidents& incidents) {
  json::array groups;
  for (const std::string& service : study.services()) {
    json::array counts, outages;
    for (const std::string& month : study.Months()) {
      counts.push_back(std::ranges::count_if(incidents, [&](const NaiveIncident& incident) {
        return NaiveStudy::Affects(incident, service) && study.Month(incident.started) == month;
      }));
      int records = 0;
      int out = 0;
      for (const std::string& day : study.Days()) {
        const OutageDayRow* record = study.Record(service, day);
        if (!record || !day.starts_with(month)) continue;
        ++records;
        out += record->day.partial_seconds + record->day.major_seconds > 0 ? 1 : 0;
      }
      outages.push_back(records > 0 ? json::value(out) : json::value(nullptr));
    }
    groups.push_back({{"group", service}, {"incidents", counts}, {"outage_days", outages}});
  }
  return {{"months", json::value_from(study.Months())}, {"groups", groups}};
}

json::object Correlation(const std::string& period, const std::vector<double>& x,
                         std::size_t most) {
  json::array lags, acf, band;
  double mean = 0;
  for (const double value : x) mean += value / static_cast<double>(x.size());
  double all = 0;
  for (const double value : x) all += (value - mean) * (value - mean);
  double squares = 0;
  for (std::size_t k = 1; k <= most && k < x.size(); ++k) {
    double sum = 0;
    for (std::size_t t = 0; t + k < x.size(); ++t) sum += (x[t] - mean) * (x[t + k] - mean);
    lags.push_back(k);
    acf.push_back(sum / all);
    band.push_back(1.959963984540054 *
                   std::sqrt((1 + 2 * squares) / static_cast<double>(x.size())));
    squares += sum / all * (sum / all);
  }
  return {{"period", period}, {"length", x.size()}, {"lags", lags}, {"acf", acf}, {"band95", band}};
}

json::object Autocorrelations(const NaiveStudy& study, const Incidents& incidents,
                              const absl::TimeZone& tz) {
  json::array groups;
  for (const std::string& provider : study.providers()) {
    std::vector<absl::Time> started;
    for (const NaiveIncident& incident : incidents) {
      if (incident.row->provider.str() == provider) started.push_back(incident.started);
    }
    const auto [first, last] = std::ranges::minmax(started);
    json::array series;
    for (const auto& [period, format, most] :
         std::vector<std::tuple<std::string, std::string, int>>{
             {"month", "%Y-%m", 12}, {"week", "%G-%V", 50}, {"day", "%Y-%m-%d", 80}}) {
      std::vector<std::string> labels;
      std::map<std::string, double> counts;
      for (absl::CivilDay day = absl::ToCivilDay(first, tz); day <= absl::ToCivilDay(last, tz);
           ++day) {
        const std::string label = absl::FormatTime(format, absl::FromCivil(day, tz), tz);
        if (!counts.contains(label)) labels.push_back(label);
        counts[label];
      }
      for (const absl::Time at : started) counts.at(absl::FormatTime(format, at, tz)) += 1;
      std::vector<double> x;
      for (const std::string& label : labels) x.push_back(counts.at(label));
      series.push_back(Correlation(period, x, static_cast<std::size_t>(most)));
    }
    groups.push_back({{"provider", provider}, {"series", series}});
  }
  return {{"groups", groups}};
}

json::object Impacts(const NaiveStudy& study, const Incidents& incidents) {
  const std::vector<std::pair<Impact, std::string>> levels = {{Impact::kNone, "none"},
                                                              {Impact::kMinor, "minor"},
                                                              {Impact::kMajor, "major"},
                                                              {Impact::kCritical, "critical"},
                                                              {Impact::kUnknown, "unknown"}};
  json::array groups;
  for (const std::string& provider : study.providers()) {
    std::map<Impact, int> counts;
    std::vector<double> ordinals;
    int n = 0;
    for (const NaiveIncident& incident : incidents) {
      if (incident.row->provider.str() != provider) continue;
      const Impact impact = incident.row->impact;
      ++counts[impact];
      if (impact != Impact::kMaintenance) ++n;
      for (std::size_t i = 0; i < 4; ++i) {
        if (levels[i].first == impact) ordinals.push_back(static_cast<double>(i));
      }
    }
    json::array shown;
    for (const auto& [impact, name] : levels) {
      if (impact == Impact::kUnknown && counts[impact] == 0) continue;
      shown.push_back(
          {{"impact", name}, {"count", counts[impact]}, {"share", Percent(counts[impact], n)}});
    }
    groups.push_back({{"provider", provider},
                      {"n", n},
                      {"levels", shown},
                      {"maintenance", counts[Impact::kMaintenance]},
                      {"mean", Mean(ordinals)},
                      {"median", Median(ordinals)}});
  }
  return {{"groups", groups}};
}

json::object SummaryGroup(const NaiveStudy& study, const std::string& name, bool impact,
                          const Incidents& own, const Incidents& year,
                          std::optional<absl::Time> known) {
  std::vector<double> recovery;
  std::vector<absl::Time> started;
  const NaiveIncident* longest = nullptr;
  for (const NaiveIncident& incident : own) {
    if (const auto seconds = Recovery(*incident.row, impact)) recovery.push_back(*seconds);
    started.push_back(incident.started);
    if (!longest || incident.ended - incident.started > longest->ended - longest->started) {
      longest = &incident;
    }
  }
  std::ranges::sort(started);
  std::vector<double> gaps;
  for (std::size_t i = 1; i < started.size(); ++i) {
    gaps.push_back(absl::ToDoubleSeconds(started[i] - started[i - 1]));
  }
  for (const Incidents* list : {&own, &year}) {
    for (const NaiveIncident& incident : *list) {
      known = std::min(known.value_or(incident.started), incident.started);
    }
  }
  json::array windows;
  for (const int days : {7, 30, 90, 365}) {
    const absl::Time begin = study.now() - absl::Hours(24 * days);
    const double length = absl::ToDoubleMinutes(study.now() - std::max(begin, *known));
    const double down = study.DownMinutes(year, begin, study.now());
    windows.push_back(
        {{"days", days},
         {"availability", 100 * (1 - down / length)},
         {"downtime_seconds", 60 * down},
         {"incidents",
          std::ranges::count_if(
              year, [&](const NaiveIncident& i) { return i.started >= begin || i.ended > begin; })},
         {"error_budget_used", 100 * down / (length * 0.001)}});
  }
  return {{"group", name},
          {"is_provider", name.find('/') == std::string::npos},
          {"incidents", own.size()},
          {"ongoing", std::ranges::count_if(own, [](auto& i) { return i.row->ongoing; })},
          {"mttr", {{"value", Mean(recovery)}, {"n", recovery.size()}}},
          {"mtbf", {{"value", Mean(gaps)}, {"n", gaps.size()}}},
          {"availability", windows},
          {"longest_seconds",
           longest ? json::value(absl::ToDoubleSeconds(longest->ended - longest->started))
                   : json::value(nullptr)}};
}

json::object Summary(const NaiveStudy& study, const Incidents& incidents, bool impact) {
  const Incidents year =
      study.Select({.downtime = true}, study.now() - absl::Hours(24 * 365), study.now()).incidents;
  json::array groups;
  for (const std::string& provider : study.providers()) {
    const auto add = [&](const std::string& name, std::optional<absl::Time> known,
                         const std::function<bool(const NaiveIncident&)>& stands) {
      Incidents own, own_year;
      std::ranges::copy_if(incidents, std::back_inserter(own), stands);
      std::ranges::copy_if(year, std::back_inserter(own_year), stands);
      groups.push_back(SummaryGroup(study, name, impact, own, own_year, known));
    };
    std::optional<absl::Time> known;
    for (const std::string& service : study.services()) {
      const auto since = study.KnownFrom(service);
      if (since && service.starts_with(provider)) known = std::min(known.value_or(*since), *since);
    }
    add(provider, known, [&](const NaiveIncident& i) { return i.row->provider.str() == provider; });
    for (const std::string& service : study.services()) {
      if (!service.starts_with(provider)) continue;
      add(service, study.KnownFrom(service),
          [&](const NaiveIncident& i) { return NaiveStudy::Affects(i, service); });
    }
  }
  return {{"unit", "seconds"}, {"slo", 99.9}, {"groups", groups}};
}

json::object TrendOf(const NaiveStudy& study, const Incidents& incidents, bool impact) {
  json::array groups;
  for (const std::string& provider : study.providers()) {
    json::array counts, medians;
    for (const std::string& month : study.Months()) {
      std::vector<double> recovery;
      int n = 0;
      for (const NaiveIncident& incident : incidents) {
        if (incident.row->provider.str() != provider) continue;
        if (study.Month(incident.started) != month) continue;
        ++n;
        if (const auto seconds = Recovery(*incident.row, impact)) recovery.push_back(*seconds);
      }
      counts.push_back(n);
      medians.push_back(Median(recovery));
    }
    groups.push_back({{"group", provider}, {"incidents", counts}, {"median_ttr", medians}});
  }
  return {{"unit", "seconds"},
          {"period", "month"},
          {"periods", json::value_from(study.Months())},
          {"groups", groups}};
}

json::object Quality(const NaiveStudy& study, const Incidents& incidents) {
  json::array groups;
  for (const std::string& provider : study.providers()) {
    std::map<std::string, int> n;
    for (const NaiveIncident& incident : incidents) {
      const IncidentRow& row = *incident.row;
      const Stages& s = row.stages;
      if (row.provider.str() != provider) continue;
      ++n["incidents"];
      if (row.services.empty()) ++n["without_services"];
      if (!s.investigating && !s.identified && !s.monitoring) ++n["without_pre_resolution_stage"];
      if (s.Inconsistent()) ++n["inconsistent"];
      if (!row.ongoing && incident.ended <= incident.started) ++n["zero_length"];
      if (row.impact == Impact::kUnknown) ++n["unknown_impact"];
      if (row.ongoing && study.now() - incident.started > absl::Hours(168)) {
        ++n["ongoing_over_7_days"];
      }
    }
    json::object group = {{"provider", provider}, {"sources", 0}, {"sources_stale", 0}};
    for (const char* field :
         {"incidents", "without_services", "without_pre_resolution_stage", "inconsistent",
          "zero_length", "unknown_impact", "ongoing_over_7_days"}) {
      group[field] = n[field];
    }
    groups.push_back(group);
  }
  return {{"groups", groups}};
}

struct Reference {
  std::string id, basis;
  std::optional<Wanted> wanted;  // none: no incident is used
  std::function<json::object(const NaiveStudy&, const Incidents&, const Question&)> result;
};

std::vector<Reference> References() {
  const Wanted downtime = {.downtime = true, .service = true};
  const Wanted outages = {.downtime = true, .service = true, .outage_impact = true};
  const auto plain = [](Result result) {
    return
        [result](const NaiveStudy& s, const Incidents& i, const Question&) { return result(s, i); };
  };
  const auto matrix = [&](bool calendar, bool probability) {
    return plain([=](const NaiveStudy& s, const Incidents& i) {
      return Matrix(s, calendar ? OutByCalendar(s) : OutByIncidents(s, i), probability);
    });
  };
  return {
      {"daily-availability", "incidents", downtime, plain(Availability)},
      {"daily-availability", "outages", std::nullopt, plain(CalendarAvailability)},
      {"cooccurrence-matrix", "outages", std::nullopt, matrix(true, false)},
      {"cooccurrence-matrix", "incidents", outages, matrix(false, false)},
      {"cooccurrence-probability", "outages", std::nullopt, matrix(true, true)},
      {"cooccurrence-probability", "incidents", outages, matrix(false, true)},
      {"impacted-services", "", Wanted{}, plain(Sets)},
      {"incident-outage-timeline", "", Wanted{.service = true}, plain(Timeline)},
      {"autocorrelation", "", Wanted{},
       [](const NaiveStudy& s, const Incidents& i, const Question& q) {
         absl::TimeZone tz;
         EXPECT_TRUE(absl::LoadTimeZone(q.tz, &tz));
         return Autocorrelations(s, i, tz);
       }},
      {"impact-distribution", "", Wanted{}, plain(Impacts)},
      {"reliability-summary", "", Wanted{},
       [](const NaiveStudy& s, const Incidents& i, const Question& q) {
         return Summary(s, i, q.start == "impact");
       }},
      {"trend", "", Wanted{},
       [](const NaiveStudy& s, const Incidents& i, const Question& q) {
         return TrendOf(s, i, q.start == "impact");
       }},
      {"data-quality", "", Wanted{.inconsistent = true}, plain(Quality)},
  };
}

std::vector<Question> Questions() {
  return {
      {},
      {.maintenance = true, .inconsistent = true},
      {.services = {"openai/chatgpt", "anthropic/claude", "anthropic/console"}},
      {.from = "2023-03-05T10:00:00Z", .to = "2024-04-10T03:00:00Z", .tz = "America/Los_Angeles"},
      {.tz = "Europe/Berlin", .start = "impact"},
      {.impact = Impact::kMajor}};
}

class AvailabilityReference : public ::testing::TestWithParam<Reference> {};

TEST_P(AvailabilityReference, Agrees) {
  const Reference& reference = GetParam();
  const Analysis& analysis = *FindAnalysis(reference.id);
  for (const unsigned seed : {1u, 2u}) {
    const testing::Invented data = testing::Invent(seed);
    const auto snapshot = testing::SnapshotOf(data.incidents, data.outage_days);
    for (const Question& question : Questions()) {
      SCOPED_TRACE(question.tz + question.from + question.start);
      QueryText text = {.services = question.services,
                        .from = question.from,
                        .to = question.to,
                        .tz = question.tz,
                        .basis = reference.basis,
                        .start = question.start};
      if (question.maintenance) text.include.emplace_back("maintenance");
      if (question.inconsistent) text.include.emplace_back("inconsistent");
      if (question.impact) text.impact.emplace_back(ToString(*question.impact));
      const auto query =
          ResolveQuery(text, *snapshot, At("2024-09-01T00:00:00Z"), analysis.bases());
      ASSERT_TRUE(query.ok()) << query.status();
      const auto answer = Compute(analysis, *snapshot, *query, testing::Never);
      ASSERT_TRUE(answer.ok()) << answer.status();
      const json::object ours = wire::ToJson(*answer);
      const NaiveStudy study(data, question);
      NaiveStudy::Selected selected;
      if (reference.wanted) selected = study.Select(*reference.wanted);
      const json::object naive = reference.result(study, selected.incidents, question);
      EXPECT_EQ(testing::Difference(naive, ours.at("result")), "");
      EXPECT_EQ(answer->n(), static_cast<std::int64_t>(selected.incidents.size()));
      EXPECT_EQ(testing::Difference(json::value_from(selected.excluded), ours.at("excluded")), "");
      EXPECT_EQ(testing::Difference(ours.at("excluded"), json::value_from(selected.excluded)), "");
      EXPECT_TRUE(answer->n() > 20 || !reference.wanted) << answer->n();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Analyses, AvailabilityReference, ::testing::ValuesIn(References()),
                         [](const auto& param_info) {
                           std::string name = param_info.param.id + "_" + param_info.param.basis;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace fails::analytics
