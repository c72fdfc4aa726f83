// SPDX-License-Identifier: Apache-2.0
// The statistics against naive forms, on whatever values RapidCheck thinks of.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <vector>

#include "services/analytics/domain/stats/bootstrap.h"
#include "services/analytics/domain/stats/boxplot.h"
#include "services/analytics/domain/stats/chi_square.h"
#include "services/analytics/domain/stats/ecdf.h"
#include "services/analytics/domain/stats/kaplan_meier.h"
#include "services/analytics/domain/stats/moments.h"
#include "services/analytics/domain/stats/quantile.h"
#include "services/analytics/domain/stats/shares.h"
#include "services/analytics/domain/stats/sort.h"

namespace fails::analytics::stats {
namespace {

using Values = std::vector<double>;

// Whole seconds with many ties, as incidents have them.
rc::Gen<Values> Durations() {
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 50)),
                      [](const std::vector<int>& minutes) {
                        Values values;
                        for (const int m : minutes) values.push_back(60.0 * m);
                        std::ranges::sort(values);
                        return values;
                      });
}

rc::Gen<Values> SomeDurations() {
  return rc::gen::suchThat(Durations(), [](const Values& v) { return !v.empty(); });
}

bool Near(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a)});
}

RC_GTEST_PROP(Quantile, IsTheOrderStatisticAtWholePositionsAndBetweenElsewhere, ()) {
  const Values values = *SomeDurations();
  const auto n = values.size();
  for (std::size_t k = 0; k < n && n > 1; ++k) {
    const double p = static_cast<double>(k) / static_cast<double>(n - 1);
    RC_ASSERT(Near(Quantile(values, p), values[k]) ||
              // k / (n - 1) need not be exact in binary, and then lies between two neighbours
              (Quantile(values, p) >= values[k > 0 ? k - 1 : 0] &&
               Quantile(values, p) <= values[std::min(k + 1, n - 1)]));
  }
  const double p = *rc::gen::inRange(0, 1001) / 1000.0;
  // Type 7, written out as in Hyndman & Fan.
  const double h = static_cast<double>(n - 1) * p + 1;
  const auto floor = static_cast<std::size_t>(h);
  const double low = values[floor - 1];
  const double high = floor < n ? values[floor] : low;
  RC_ASSERT(Near(Quantile(values, p), low + (h - static_cast<double>(floor)) * (high - low)));
}

TEST(Quantile, KnownValues) {
  const Values values = {1, 2, 3, 4};
  EXPECT_DOUBLE_EQ(Quantile(values, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(Quantile(values, 0.9), 3.7);
  EXPECT_DOUBLE_EQ(Quantile(values, 0), 1);
  EXPECT_DOUBLE_EQ(Quantile(values, 1), 4);
  EXPECT_DOUBLE_EQ(Quantile(Values{7}, 0.99), 7);
}

RC_GTEST_PROP(Moments, AgreeWithTheirDefinitions, ()) {
  const Values values = *Durations();
  RC_ASSERT(Mean(values).has_value() == !values.empty());
  RC_ASSERT(StandardDeviation(values).has_value() == (values.size() >= 2));
  if (values.size() < 2) return;
  const auto n = static_cast<double>(values.size());
  // By pairs: the variance is half the mean squared difference of two of them.
  double squares = 0;
  for (const double a : values) {
    for (const double b : values) squares += (a - b) * (a - b);
  }
  RC_ASSERT(Near(*StandardDeviation(values), std::sqrt(squares / (2 * n * (n - 1)))));
  double deviations = 0;
  for (const double a : values) deviations += a - *Mean(values);
  RC_ASSERT(std::abs(deviations) < 1e-6);
}

RC_GTEST_PROP(EcdfOf, CountsWhatIsNotLarger, ()) {
  const Values values = *Durations();
  const Ecdf ecdf = EcdfOf(values);
  std::map<double, int> counts;
  for (const double v : values) ++counts[v];
  RC_ASSERT(ecdf.x.size() == counts.size());
  RC_ASSERT(ecdf.share.size() == counts.size());
  std::size_t i = 0;
  for (const auto& [value, count] : counts) {
    const auto naive = std::ranges::count_if(values, [v = value](double x) { return x <= v; });
    RC_ASSERT(ecdf.x[i] == value);
    RC_ASSERT(Near(ecdf.share[i],
                   100.0 * static_cast<double>(naive) / static_cast<double>(values.size())));
    ++i;
  }
  if (!values.empty()) RC_ASSERT(ecdf.share.back() == 100.0);
}

RC_GTEST_PROP(Shares, ThresholdsAccumulateBinsAndBinsSumTo100, ()) {
  const Values values = *Durations();
  const Values edges = {600, 1200, 1800};
  const auto at_most = SharesAtMost(values, edges);
  const auto bins = BinShares(values, edges);
  RC_ASSERT(at_most.size() == edges.size());
  RC_ASSERT(bins.size() == edges.size() + 1);
  if (values.empty()) {
    for (const auto& share : at_most) RC_ASSERT(!share.has_value());
    for (const auto& share : bins) RC_ASSERT(!share.has_value());
    return;
  }
  double sum = 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const auto in_bin = std::ranges::count_if(values, [&](double v) {
      return (i == 0 || v > edges[i - 1]) && (i == edges.size() || v <= edges[i]);
    });
    RC_ASSERT(
        Near(*bins[i], 100.0 * static_cast<double>(in_bin) / static_cast<double>(values.size())));
    sum += *bins[i];
    if (i < edges.size()) RC_ASSERT(Near(*at_most[i], sum));
  }
  RC_ASSERT(Near(sum, 100.0));
}

TEST(Shares, OfNothingIsAbsent) {
  EXPECT_FALSE(Share(0, 0).has_value());
  EXPECT_EQ(Share(1, 4), 25.0);
}

// The product-limit estimate as it is written: over all times up to t, times (1 - ended there / at
// risk there).
double NaiveSurvival(const Values& events, const Values& censored, double t) {
  double survival = 1;
  for (const double at : EcdfOf(events).x) {
    if (at > t) break;
    const auto still = [at](double x) { return x >= at; };
    const auto at_risk =
        std::ranges::count_if(events, still) + std::ranges::count_if(censored, still);
    const auto ended = std::ranges::count(events, at);
    survival *= 1 - static_cast<double>(ended) / static_cast<double>(at_risk);
  }
  return survival;
}

RC_GTEST_PROP(KaplanMeier, IsTheProductLimitEstimate, ()) {
  const Values events = *Durations();
  const Values censored = *Durations();
  const SurvivalCurve curve = KaplanMeier(events, censored);
  if (events.empty() && censored.empty()) {
    RC_ASSERT(curve.t.empty() && curve.survival.empty());
    return;
  }
  RC_ASSERT(curve.t.size() == curve.survival.size());
  RC_ASSERT(curve.t.size() == 1 + EcdfOf(events).x.size());
  RC_ASSERT(curve.t[0] == 0 && curve.survival[0] == 1);
  RC_ASSERT(std::ranges::is_sorted(curve.t));
  for (std::size_t i = 1; i < curve.t.size(); ++i) {
    RC_ASSERT(Near(curve.survival[i], NaiveSurvival(events, censored, curve.t[i])));
    RC_ASSERT(curve.survival[i] <= curve.survival[i - 1]);
  }
}

RC_GTEST_PROP(KaplanMeier, WithoutCensoringIsOneMinusTheEcdf, ()) {
  const Values events = *SomeDurations();
  const SurvivalCurve curve = KaplanMeier(events, {});
  const Ecdf ecdf = EcdfOf(events);
  for (std::size_t i = 0; i < ecdf.x.size(); ++i) {
    RC_ASSERT(std::abs(curve.survival[i + 1] - (1 - ecdf.share[i] / 100)) < 1e-9);
  }
  RC_ASSERT(curve.survival.back() == 0);
}

TEST(KaplanMeier, ATextbookCase) {
  // 6, 6, 6, 6+, 7, 9+, 10 … of the 6-MP arm of Freireich et al. (1963).
  const Values events = {6, 6, 6, 7, 10, 13, 16, 22, 23};
  const Values censored = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
  const SurvivalCurve curve = KaplanMeier(events, censored);
  const Values times = {0, 6, 7, 10, 13, 16, 22, 23};
  const Values survival = {1, 0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482};
  ASSERT_EQ(curve.t, times);
  for (std::size_t i = 0; i < survival.size(); ++i)
    EXPECT_NEAR(curve.survival[i], survival[i], 5e-5);
}

TEST(KaplanMeier, OnlyCensoredNeverFalls) {
  const SurvivalCurve curve = KaplanMeier({}, Values{60, 120});
  EXPECT_EQ(curve.t, Values{0});
  EXPECT_EQ(curve.survival, Values{1});
}

TEST(KaplanMeier, TimesBelowZeroCountAsZero) {
  const SurvivalCurve curve = KaplanMeier(Values{-60, 0, 60}, {});
  EXPECT_EQ(curve.t, (Values{0, 0, 60}));
  ASSERT_EQ(curve.survival.size(), 3u);
  EXPECT_DOUBLE_EQ(curve.survival[1], 1.0 / 3);
  EXPECT_EQ(curve.survival[2], 0);
}

RC_GTEST_PROP(MeanInterval95, HoldsTheMeanAndIsReproducible, ()) {
  const Values values = *Durations();
  const auto interval = MeanInterval95(values);
  RC_ASSERT(interval.has_value() == (values.size() >= 2));
  if (!interval) return;
  RC_ASSERT(std::isfinite(interval->low) && std::isfinite(interval->high));
  RC_ASSERT(interval->low <= *Mean(values) && *Mean(values) <= interval->high);
  RC_ASSERT(interval->low >= values.front() && interval->high <= values.back());
  const auto again = MeanInterval95(values);
  RC_ASSERT(again->low == interval->low && again->high == interval->high);
}

RC_GTEST_PROP(MeanInterval95, OfEqualValuesIsThatValue, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(2, 100);
  const auto interval = MeanInterval95(Values(n, 420.0));
  RC_ASSERT(interval->low == 420.0 && interval->high == 420.0);
}

TEST(MeanInterval95, NearTheNormalIntervalForManyWellBehavedValues) {
  Values values(kLargestBootstrap);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<double>((i * 7919) % 1000);
  const auto bootstrap = MeanInterval95(values);
  values.push_back(500);  // one more than the bootstrap takes
  const auto normal = MeanInterval95(values);
  ASSERT_TRUE(bootstrap && normal);
  EXPECT_NEAR(bootstrap->low, normal->low, 2);
  EXPECT_NEAR(bootstrap->high, normal->high, 2);
  const double half = 1.959964 * *StandardDeviation(values) / std::sqrt(2001.0);
  EXPECT_NEAR(normal->high - *Mean(values), half, 1e-4);
}

TEST(MeanInterval95, LeansTowardsTheLongTail) {
  Values values(30, 60.0);
  values.push_back(36'000);
  const auto interval = MeanInterval95(values);
  const double mean = *Mean(values);
  EXPECT_GT(interval->high - mean, mean - interval->low);
}

RC_GTEST_PROP(Sorted, IsAscendingAndTheSameValues, ()) {
  const auto values = *rc::gen::container<std::vector<std::int64_t>>(
      rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000));
  Values expected(values.begin(), values.end());
  std::ranges::sort(expected);
  RC_ASSERT(Sorted(values) == expected);
}

RC_GTEST_PROP(BoxplotOf, HasItsWhiskersAtTheExtremesWithinReach, ()) {
  const Values values = *SomeDurations();
  const Boxplot box = BoxplotOf(values);
  RC_ASSERT(box.q1 <= box.median && box.median <= box.q3);
  const double reach = 1.5 * (box.q3 - box.q1);
  Values within;
  Values beyond;
  for (const double v : values) {
    (v >= box.q1 - reach && v <= box.q3 + reach ? within : beyond).push_back(v);
  }
  RC_ASSERT(!within.empty());
  RC_ASSERT(box.whisker_low == within.front() && box.whisker_high == within.back());
  Values outliers(box.outliers_low.begin(), box.outliers_low.end());
  outliers.insert(outliers.end(), box.outliers_high.begin(), box.outliers_high.end());
  RC_ASSERT(outliers == beyond);
}

TEST(ChiSquareOfUniform, KnownValues) {
  // A die thrown 60 times; statistic and p-value by R's chisq.test.
  const std::vector<std::int64_t> die = {5, 8, 9, 8, 10, 20};
  const auto test = ChiSquareOfUniform(die);
  ASSERT_TRUE(test);
  EXPECT_NEAR(test->statistic, 13.4, 1e-12);
  EXPECT_NEAR(test->p_value, 0.01990522, 1e-8);
  const std::vector<std::int64_t> even = {4, 4, 4};
  EXPECT_EQ(ChiSquareOfUniform(even)->statistic, 0);
  EXPECT_EQ(ChiSquareOfUniform(even)->p_value, 1);
  EXPECT_FALSE(ChiSquareOfUniform(std::vector<std::int64_t>{0, 0, 0}));
  EXPECT_FALSE(ChiSquareOfUniform(std::vector<std::int64_t>{7}));
}

RC_GTEST_PROP(ChiSquareOfUniform, WithTwoDegreesOfFreedomIsAnExponential, ()) {
  auto counts =
      *rc::gen::container<std::vector<std::int64_t>>(3, rc::gen::inRange<std::int64_t>(0, 100));
  counts[0] += 1;
  const auto test = ChiSquareOfUniform(counts);
  RC_ASSERT(test.has_value());
  RC_ASSERT(std::abs(test->p_value - std::exp(-test->statistic / 2)) < 1e-12);
}

// BCa written out after Efron & Tibshirani, section 14.3, with resamples of its own: close to ours
// where the resamples are many and the values mild.
RC_GTEST_PROP(MeanInterval95, IsThatOfAnotherBca, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(25, 60);
  const auto minutes = *rc::gen::container<std::vector<int>>(n, rc::gen::inRange(1, 600));
  Values values(minutes.begin(), minutes.end());
  std::ranges::sort(values);
  if (values.front() == values.back()) return;
  const double mean = *Mean(values);
  const auto normal = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  const auto quantile = [&](double p) {  // of the normal distribution, by bisection
    double low = -8;
    double high = 8;
    for (int i = 0; i < 80; ++i) (normal((low + high) / 2) < p ? low : high) = (low + high) / 2;
    return low;
  };
  std::mt19937 random(4);
  Values means;
  double below = 0;
  for (int b = 0; b < 6000; ++b) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += values[random() % n];
    means.push_back(sum / static_cast<double>(n));
    below += means.back() < mean ? 1 : means.back() == mean ? 0.5 : 0;
  }
  std::ranges::sort(means);
  double cubes = 0;
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) {  // the jackknife, leaving each out
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += j == i ? 0 : values[j];
    const double d = mean - sum / static_cast<double>(n - 1);
    cubes += d * d * d;
    squares += d * d;
  }
  const double a = cubes / (6 * std::pow(squares, 1.5));
  const double z0 = quantile(below / 6000);
  const auto end = [&](double z) {
    return Quantile(means, normal(z0 + (z0 + z) / (1 - a * (z0 + z))));
  };
  const auto interval = MeanInterval95(values);
  const double width = end(1.959964) - end(-1.959964);
  RC_ASSERT(std::abs(interval->low - end(-1.959964)) < 0.15 * width);
  RC_ASSERT(std::abs(interval->high - end(1.959964)) < 0.15 * width);
}

}  // namespace
}  // namespace fails::analytics::stats
