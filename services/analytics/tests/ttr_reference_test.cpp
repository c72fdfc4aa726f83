// SPDX-License-Identifier: Apache-2.0
// ttr-distribution against a second, naive implementation on invented incidents: the twin of
// golden_test.cpp that runs everywhere. It is written from the definitions, incident by incident,
// and shares nothing with the analysis but the rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "common/wire/json.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/tests/support/json_difference.h"
#include "services/analytics/tests/support/rows.h"

namespace fails::analytics {
namespace {

namespace json = boost::json;
using testing::At;

constexpr char kNow[] = "2024-09-01T00:00:00Z";

std::vector<IncidentRow> Invent(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::map<std::string, std::vector<std::string>> services = {
      {"openai", {"api", "chatgpt", "dall-e", "playground"}},
      {"anthropic", {"api", "claude", "console"}},
      {"character-ai", {"character-ai"}}};
  std::vector<IncidentRow> rows;
  for (int i = 0; i < 600; ++i) {
    IncidentRow row;
    const auto& [provider, names] = *std::next(services.begin(), below(3));
    row.provider = ProviderId(provider);
    row.id = IncidentId(provider + "/" + std::to_string(i));
    for (const std::string& name : names) {
      if (below(3) == 0) row.services.emplace_back(provider + "/" + name);
    }
    row.impact = static_cast<Impact>(below(6));
    absl::Time at = At("2023-01-01T00:00:00Z") + absl::Minutes(below(600 * 24 * 60));
    const auto next = [&] { return at += absl::Minutes(below(200)); };
    if (below(4) > 0) row.stages.investigating = next();
    if (below(2) > 0) row.stages.identified = next();
    if (below(2) > 0) row.stages.monitoring = next();
    if (below(20) > 0) row.stages.resolved = next();
    if (below(10) == 0) row.stages.postmortem = next();
    if (below(15) == 0) std::swap(row.stages.identified, row.stages.monitoring);
    row.ongoing = !row.stages.resolved;
    rows.push_back(row);
  }
  return rows;
}

struct Question {
  std::vector<std::string> services;
  std::string from, to;
  bool maintenance = false, inconsistent = false;
};

std::optional<double> SecondsBetween(std::optional<absl::Time> a, std::optional<absl::Time> b) {
  if (!a || !b) return std::nullopt;
  return absl::ToDoubleSeconds(*b - *a);
}

// Order statistics by interpolation, mean, ECDF … of one group, each in its most literal form.
json::object NaiveGroup(const std::string& name, std::vector<double> v, std::vector<double> c) {
  std::ranges::sort(v);
  std::ranges::sort(c);
  const auto n = static_cast<double>(v.size());
  const auto count = [&](double gt, double le) {
    return static_cast<double>(
        std::ranges::count_if(v, [=](double x) { return x > gt && x <= le; }));
  };
  const auto share = [&](double part) {
    return v.empty() ? json::value(nullptr) : json::value(100 * part / n);
  };
  const auto quantile = [&](double p) -> json::value {
    if (v.empty()) return nullptr;
    const double h = (n - 1) * p;
    const auto lo = static_cast<std::size_t>(h);
    const std::size_t hi = std::min(lo + 1, v.size() - 1);
    return v[lo] + (h - static_cast<double>(lo)) * (v[hi] - v[lo]);
  };
  double sum = 0;
  for (const double x : v) sum += x;
  json::object group = {
      {"group", name},          {"n", v.size()},
      {"censored", c.size()},   {"mean", v.empty() ? json::value(nullptr) : json::value(sum / n)},
      {"median", quantile(.5)}, {"p90", quantile(.9)},
      {"p95", quantile(.95)},   {"p99", quantile(.99)}};
  if (v.size() < 2) group["mean_ci95"] = nullptr;
  std::vector<double> distinct = v;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  json::array x, shares, t, survival;
  double alive = 1;
  if (!v.empty() || !c.empty()) t.push_back(0), survival.push_back(1);
  for (const double at : distinct) {
    x.push_back(at);
    shares.push_back(100 * count(-1e18, at) / n);
    double at_risk = 0;
    for (const auto* list : {&v, &c}) {
      at_risk +=
          static_cast<double>(std::ranges::count_if(*list, [at](double d) { return d >= at; }));
    }
    alive *= 1 - static_cast<double>(std::ranges::count(v, at)) / at_risk;
    t.push_back(std::max(at, 0.0));
    survival.push_back(alive);
  }
  group["ecdf"] = {{"x", x}, {"share", shares}};
  group["kaplan_meier"] =
      t.empty() ? json::value(nullptr) : json::value{{"t", t}, {"survival", survival}};
  json::array thresholds, bins;
  double gt = -1e18;
  for (const double le : {1800., 3600., 10'800., 36'000., 86'400.}) {
    thresholds.push_back({{"le", le}, {"share", share(count(-1e18, le))}});
    bins.push_back({{"le", le}, {"share", share(count(gt, le))}});
    if (bins.size() > 1) bins.back().as_object()["gt"] = gt;
    gt = le;
  }
  bins.push_back({{"gt", gt}, {"le", nullptr}, {"share", share(count(gt, 1e18))}});
  group["thresholds"] = thresholds;
  group["bins"] = bins;
  return group;
}

json::object Naive(const std::vector<IncidentRow>& rows, const Question& question) {
  std::map<std::string, std::vector<double>> values, censored;
  std::map<std::string, std::int64_t> excluded;
  std::int64_t n = 0;
  for (const IncidentRow& row : rows) {
    const Stages& s = row.stages;
    std::optional<absl::Time> started;
    std::optional<absl::Time> recovery_from;
    for (const auto& stage : {s.investigating, s.identified, s.monitoring}) {
      if (stage && (!recovery_from || *stage < *recovery_from)) recovery_from = stage;
    }
    started = recovery_from;
    if (s.resolved && (!started || *s.resolved < *started)) started = s.resolved;
    if (!started) continue;
    if (!question.from.empty() && *started < At(question.from)) continue;
    if (*started >= At(question.to.empty() ? kNow : question.to)) continue;
    std::vector<std::string> groups;
    for (const ServiceId& service : row.services) {
      if (question.services.empty() ||
          std::ranges::find(question.services, service.str()) != question.services.end()) {
        groups.push_back(service.str());
      }
    }
    // In the questions below no provider with more than one service is chosen whole.
    if (groups.empty() && !(row.services.empty() && question.services.empty())) continue;
    const auto after = [](auto a, auto b) { return a && b && *a > *b; };
    const bool inconsistent = after(s.investigating, s.identified) ||
                              after(s.identified, s.monitoring) ||
                              after(s.monitoring, s.resolved) || after(s.resolved, s.postmortem);
    if (row.impact == Impact::kMaintenance && !question.maintenance) {
      ++excluded["maintenance"];
    } else if (inconsistent && !question.inconsistent) {
      ++excluded["inconsistent"];
    } else if (row.services.empty()) {
      ++excluded["no_service"];
    } else if (!recovery_from) {
      ++excluded["no_pre_resolution_stage"];
    } else {
      ++n;
      for (const std::string& group : groups) {
        if (const auto seconds = SecondsBetween(recovery_from, s.resolved)) {
          values[group].push_back(*seconds);
        } else {
          censored[group].push_back(*SecondsBetween(recovery_from, At(kNow)));
        }
      }
    }
  }
  json::array groups;
  for (const char* name :
       {"openai/api", "openai/chatgpt", "openai/dall-e", "openai/playground", "anthropic/api",
        "anthropic/claude", "anthropic/console", "character-ai/character-ai"}) {
    if (!question.services.empty() &&
        std::ranges::find(question.services, name) == question.services.end()) {
      continue;
    }
    groups.push_back(NaiveGroup(name, values[name], censored[name]));
  }
  return {{"n", n},
          {"excluded", json::value_from(excluded)},
          {"result", {{"unit", "seconds"}, {"groups", groups}}}};
}

class TtrReference : public ::testing::TestWithParam<Question> {};

TEST_P(TtrReference, Agrees) {
  const Question& question = GetParam();
  QueryText text = {.services = question.services, .from = question.from, .to = question.to};
  if (question.maintenance) text.include.emplace_back("maintenance");
  if (question.inconsistent) text.include.emplace_back("inconsistent");
  for (const unsigned seed : {1u, 2u, 3u}) {
    const std::vector<IncidentRow> rows = Invent(seed);
    const auto snapshot = testing::SnapshotOf(rows);
    const auto answer = Compute(*FindAnalysis("ttr-distribution"), *snapshot,
                                testing::QueryOf(*snapshot, text), testing::Never);
    ASSERT_TRUE(answer.ok()) << answer.status();
    const json::object ours = wire::ToJson(*answer);
    const json::object naive = Naive(rows, question);
    EXPECT_EQ(testing::Difference(naive.at("result"), ours.at("result")), "");
    EXPECT_EQ(naive.at("n"), ours.at("n"));
    EXPECT_EQ(testing::Difference(naive.at("excluded"), ours.at("excluded")), "");
    EXPECT_EQ(testing::Difference(ours.at("excluded"), naive.at("excluded")), "");
    EXPECT_GT(ours.at("n").to_number<int>(), 20);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Questions, TtrReference,
    ::testing::Values(Question{}, Question{.maintenance = true, .inconsistent = true},
                      Question{.services = {"openai/api", "anthropic/claude"}},
                      Question{.from = "2023-06-01T00:00:00Z", .to = "2024-01-01T00:00:00Z"}));

// A second BCa with resamples of its own: the interval must not hang on one stream of random
// numbers.
TEST(TtrReference, TheIntervalIsThatOfAnotherBootstrap) {
  const auto rows = Invent(4);
  const auto snapshot = testing::SnapshotOf(rows);
  const auto answer = Compute(*FindAnalysis("ttr-distribution"), *snapshot,
                              testing::QueryOf(*snapshot), testing::Never);
  const json::object naive = Naive(rows, {});
  for (const auto& group : answer->distribution().groups()) {
    std::vector<double> v;
    for (int i = 0; i < group.ecdf().x_size(); ++i) {
      const double before = i == 0 ? 0 : group.ecdf().share(i - 1);
      const auto times =
          std::lround((group.ecdf().share(i) - before) / 100 * static_cast<double>(group.n()));
      v.insert(v.end(), static_cast<std::size_t>(times), group.ecdf().x(i));
    }
    ASSERT_EQ(static_cast<std::int64_t>(v.size()), group.n());
    std::mt19937 random(99);
    std::vector<double> means;
    for (int b = 0; b < 20'000; ++b) {
      double sum = 0;
      for (std::size_t i = 0; i < v.size(); ++i) sum += v[random() % v.size()];
      means.push_back(sum / static_cast<double>(v.size()));
    }
    std::ranges::sort(means);
    // Durations of bounded length: the plain percentiles lie close to the corrected ones.
    EXPECT_NEAR(group.mean_ci95().low() / means[500], 1, 0.05) << group.group();
    EXPECT_NEAR(group.mean_ci95().high() / means[19'500], 1, 0.05) << group.group();
  }
}

}  // namespace
}  // namespace fails::analytics
