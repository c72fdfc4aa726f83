// SPDX-License-Identifier: Apache-2.0
// Weekdays, hours, durations, stages and their combinations against a second, naive implementation
// on invented data: the twin of golden_test.cpp and paper_tables_test.cpp that runs everywhere.
// ttr-distribution has one of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/wire/json.h"
#include "services/analytics/tests/support/answers.h"
#include "services/analytics/tests/support/json_difference.h"
#include "services/analytics/tests/support/naive_study.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

namespace json = boost::json;
using testing::NaiveIncident;
using testing::NaiveStudy;
using testing::Question;
using Incidents = std::vector<NaiveIncident>;
using Values = std::vector<double>;
using Moment = std::optional<absl::Time>;

std::vector<Moment> StagesOf(const IncidentRow& row) {
  const Stages& s = row.stages;
  return {s.investigating, s.identified, s.monitoring, s.resolved, s.postmortem};
}

json::value Quantile(Values x, double p) {
  if (x.empty()) return nullptr;
  std::ranges::sort(x);
  const double h = static_cast<double>(x.size() - 1) * p;
  const auto low = static_cast<std::size_t>(h);
  const double next = x[std::min(low + 1, x.size() - 1)];
  return x[low] + (h - static_cast<double>(low)) * (next - x[low]);
}

double Sum(const Values& x) {
  double sum = 0;
  for (const double value : x) sum += value;
  return sum;
}

json::value Per(double part, double whole, double scale) {
  return whole == 0 ? json::value(nullptr) : json::value(scale * part / whole);
}
json::value Mean(const Values& x) {
  return Per(Sum(x), static_cast<double>(x.size()), 1);
}
json::value Share(double part, double whole) {
  return Per(part, whole, 100);
}

double CountBetween(const Values& x, double gt, double le) {
  return static_cast<double>(
      std::ranges::count_if(x, [=](double value) { return value > gt && value <= le; }));
}

bool InGroup(const NaiveIncident& incident, const std::string& group) {
  return group.find('/') == std::string::npos ? incident.row->provider.str() == group
                                              : NaiveStudy::Affects(incident, group);
}

// Absent: never any stage before the resolution.
Moment RecoveryBegins(const IncidentRow& row, const std::string& start) {
  if (start == "impact" && row.impact_started_at) return row.impact_started_at;
  Moment first;
  for (const Moment& stage :
       {row.stages.investigating, row.stages.identified, row.stages.monitoring}) {
    if (stage && (!first || *stage < *first)) first = stage;
  }
  return first;
}

// What an analysis measures of a group: durations that are over, and how many are not.
struct Sample {
  Values over;
  int censored = 0;
};

Sample Recoveries(const Incidents& incidents, const std::string& group, const Question& question) {
  Sample sample;
  for (const NaiveIncident& incident : incidents) {
    if (!InGroup(incident, group)) continue;
    const absl::Time from = *RecoveryBegins(*incident.row, question.start);
    if (incident.row->ongoing || !incident.row->stages.resolved) {
      ++sample.censored;
    } else {
      sample.over.push_back(absl::ToDoubleSeconds(*incident.row->stages.resolved - from));
    }
  }
  return sample;
}

Sample Gaps(const Incidents& incidents, const std::string& group, const Question&) {
  std::vector<absl::Time> starts;
  for (const NaiveIncident& incident : incidents) {
    if (InGroup(incident, group)) starts.push_back(incident.started);
  }
  std::ranges::sort(starts);
  Sample sample;
  for (std::size_t i = 1; i < starts.size(); ++i) {
    sample.over.push_back(absl::ToDoubleSeconds(starts[i] - starts[i - 1]));
  }
  return sample;
}

json::object Distribution(const std::string& group, const Sample& sample, const Values& limits) {
  const Values& x = sample.over;
  const auto n = static_cast<double>(x.size());
  json::array thresholds, bins, distinct, shares;
  double gt = -1e18;
  for (const double le : limits) {
    thresholds.push_back({{"le", le}, {"share", Share(CountBetween(x, -1e18, le), n)}});
    bins.push_back({{"le", le}, {"share", Share(CountBetween(x, gt, le), n)}});
    gt = le;
  }
  bins.push_back({{"gt", gt}, {"share", Share(CountBetween(x, gt, 1e18), n)}});
  for (const double value : std::set<double>(x.begin(), x.end())) {
    distinct.push_back(value);
    shares.push_back(Share(CountBetween(x, -1e18, value), n));
  }
  return {{"group", group},
          {"n", x.size()},
          {"censored", sample.censored},
          {"mean", Mean(x)},
          {"median", Quantile(x, 0.5)},
          {"p90", Quantile(x, 0.9)},
          {"p95", Quantile(x, 0.95)},
          {"p99", Quantile(x, 0.99)},
          {"thresholds", thresholds},
          {"bins", bins},
          {"ecdf", {{"x", distinct}, {"share", shares}}}};
}

json::object Boxplot(const std::string& group, const Sample& sample, const Values&) {
  const json::value q1 = Quantile(sample.over, 0.25);
  const json::value q3 = Quantile(sample.over, 0.75);
  json::object box = {{"group", group}, {"n", sample.over.size()}, {"outliers", json::array()}};
  box["q1"] = q1;
  box["median"] = Quantile(sample.over, 0.5);
  box["q3"] = q3;
  if (sample.over.empty()) return box;
  const double reach = 1.5 * (q3.to_number<double>() - q1.to_number<double>());
  Values within, beyond;
  for (const double value : sample.over) {
    const bool far =
        value < q1.to_number<double>() - reach || value > q3.to_number<double>() + reach;
    (far ? beyond : within).push_back(value);
  }
  std::ranges::sort(beyond);
  box["whisker_low"] = *std::ranges::min_element(within);
  box["whisker_high"] = *std::ranges::max_element(within);
  box["outliers"] = json::value_from(beyond);
  return box;
}

json::object Phases(const std::string& group, const Incidents& incidents) {
  constexpr std::array kNames = {"investigate", "repair", "check", "learn"};
  std::array<Values, 4> seconds;
  for (const NaiveIncident& incident : incidents) {
    if (!InGroup(incident, group)) continue;
    const auto stages = StagesOf(*incident.row);
    for (std::size_t i = 0; i < 4; ++i) {
      if (stages[i] && stages[i + 1]) {
        seconds[i].push_back(absl::ToDoubleSeconds(*stages[i + 1] - *stages[i]));
      }
    }
  }
  const double recovery = Sum(seconds[0]) + Sum(seconds[1]) + Sum(seconds[2]);
  json::array stages;
  for (std::size_t i = 0; i < 4; ++i) {
    stages.push_back({{"stage", kNames[i]},
                      {"n", seconds[i].size()},
                      {"mean", Mean(seconds[i])},
                      {"median", Quantile(seconds[i], 0.5)},
                      {"share", i == 3 ? json::value(nullptr) : Share(Sum(seconds[i]), recovery)}});
  }
  return {{"group", group}, {"stages", stages}};
}

json::object Combinations(const std::string& group, const Incidents& incidents) {
  std::map<std::string, int> counts;
  int n = 0;
  for (const NaiveIncident& incident : incidents) {
    if (group != "all" && !InGroup(incident, group)) continue;
    std::string name;
    const auto stages = StagesOf(*incident.row);
    for (std::size_t i = 0; i < 5; ++i) {
      if (stages[i]) name += (name.empty() ? "S" : "_S") + std::to_string(i + 1);
    }
    ++counts[name];
    ++n;
  }
  std::vector<std::pair<int, std::string>> ranking;
  for (const auto& [name, count] : counts) ranking.emplace_back(-count, name);
  std::ranges::sort(ranking);
  json::array combinations;
  for (const auto& [count, name] : ranking) {
    combinations.push_back({{"stages", name}, {"count", -count}, {"share", Share(-count, n)}});
  }
  return {{"group", group}, {"n", n}, {"combinations", combinations}};
}

const Values kTtrLimits = {1800, 3600, 10'800, 36'000, 86'400};
const Values kTtrProviderLimits = {600, 1800, 10'800, 36'000, 86'400};
const Values kTbfLimits = {43'200, 86'400, 259'200, 604'800, 2'592'000};

struct Durations {
  std::string id;
  bool by_service, recovery, over;
  Values limits;
  json::object (*fill)(const std::string&, const Sample&, const Values&);
};

std::vector<Question> Questions() {
  return {{},
          {.maintenance = true, .inconsistent = true},
          {.services = {"openai/chatgpt", "anthropic/claude", "anthropic/console"}},
          {.from = "2023-03-05T10:00:00Z", .to = "2024-04-10T03:00:00Z"},
          {.start = "impact"},
          {.impact = Impact::kMajor}};
}

// Asks both implementations every question over two sets of data.
template <class Naive>
void ExpectAgreement(const std::string& id, bool service, const Naive& naive) {
  for (const unsigned seed : {5u, 6u}) {
    const testing::Invented data = testing::Invent(seed);
    const auto snapshot = testing::SnapshotOf(data.incidents, data.outage_days);
    for (const Question& question : Questions()) {
      SCOPED_TRACE(id + " from '" + question.from + "' start " + question.start);
      QueryText text = {.services = question.services,
                        .from = question.from,
                        .to = question.to,
                        .start = question.start};
      if (question.maintenance) text.include.emplace_back("maintenance");
      if (question.inconsistent) text.include.emplace_back("inconsistent");
      if (question.impact) text.impact.emplace_back(ToString(*question.impact));
      const NaiveStudy study(data, question);
      NaiveStudy::Selected selected = study.Select({.service = service});
      const json::array groups = naive(study, selected, question);
      const json::object ours = wire::ToJson(testing::AnswerOf(id, *snapshot, text));
      EXPECT_EQ(testing::Difference(groups, ours.at("result").at("groups")), "");
      EXPECT_EQ(ours.at("n"), json::value(selected.incidents.size()));
      EXPECT_EQ(ours.at("excluded"), json::value_from(selected.excluded));
      EXPECT_GT(selected.incidents.size(), 20u);
    }
  }
}

TEST(StudyReference, Durations) {
  for (const Durations& analysis : {
           Durations{"ttr-distribution", true, true, false, kTtrLimits, Distribution},
           Durations{"ttr-by-provider", false, true, false, kTtrProviderLimits, Distribution},
           Durations{"ttr-boxplot", true, true, true, {}, Boxplot},
           Durations{"tbf-distribution", true, false, false, kTbfLimits, Distribution},
           Durations{"tbf-by-provider", false, false, false, kTbfLimits, Distribution},
           Durations{"tbf-boxplot", true, false, false, {}, Boxplot},
       }) {
    ExpectAgreement(
        analysis.id, analysis.by_service,
        [&](const NaiveStudy& study, NaiveStudy::Selected& selected, const Question& question) {
          if (analysis.recovery) {
            std::erase_if(selected.incidents, [&](const NaiveIncident& incident) {
              const bool begins = RecoveryBegins(*incident.row, question.start).has_value();
              const bool ends = incident.row->stages.resolved && !incident.row->ongoing;
              if (!begins) ++selected.excluded["no_pre_resolution_stage"];
              if (begins && !ends && analysis.over) ++selected.excluded["ongoing"];
              return !begins || (!ends && analysis.over);
            });
          }
          json::array groups;
          for (const std::string& group :
               analysis.by_service ? study.services() : study.providers()) {
            const Sample sample =
                (analysis.recovery ? Recoveries : Gaps)(selected.incidents, group, question);
            groups.push_back(analysis.fill(group, sample, analysis.limits));
          }
          return groups;
        });
  }
}

TEST(StudyReference, Stages) {
  ExpectAgreement(
      "resolution-stages", true,
      [](const NaiveStudy& study, const NaiveStudy::Selected& selected, const Question&) {
        json::array groups;
        for (const std::string& group : study.services()) {
          groups.push_back(Phases(group, selected.incidents));
        }
        return groups;
      });
}

TEST(StudyReference, Combinations) {
  ExpectAgreement(
      "status-combinations", false,
      [](const NaiveStudy& study, const NaiveStudy::Selected& selected, const Question&) {
        json::array groups = {Combinations("all", selected.incidents)};
        for (const std::string& group : study.services()) {
          groups.push_back(Combinations(group, selected.incidents));
        }
        return groups;
      });
}

}  // namespace
}  // namespace fails::analytics
