// SPDX-License-Identifier: Apache-2.0
// Statistics of series over time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

#include "services/analytics/domain/stats/autocorrelation.h"
#include "services/analytics/domain/stats/change_points.h"

namespace fails::analytics::stats {
namespace {

using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(AutocorrelationOf, ByHand) {
  // Mean 2, deviations -1 0 1 0 -1 0 1 0.
  const auto found = AutocorrelationOf(std::vector<double>{1, 2, 3, 2, 1, 2, 3, 2}, 3);
  EXPECT_THAT(found.r,
              ElementsAre(DoubleNear(0, 1e-12), DoubleNear(-0.75, 1e-12), DoubleNear(0, 1e-12)));
  const double z = 1.959963984540054;
  EXPECT_THAT(found.band95, ElementsAre(DoubleNear(z * std::sqrt(1 / 8.0), 1e-12),
                                        DoubleNear(z * std::sqrt(1 / 8.0), 1e-12),
                                        DoubleNear(z * std::sqrt((1 + 2 * 0.5625) / 8), 1e-12)));
}

TEST(AutocorrelationOf, ShortAndConstantSeries) {
  EXPECT_THAT(AutocorrelationOf({}, 12).r, IsEmpty());
  EXPECT_THAT(AutocorrelationOf(std::vector<double>{4}, 12).r, IsEmpty());
  EXPECT_THAT(AutocorrelationOf(std::vector<double>{1, 2}, 12).r, ElementsAre(-0.5));
  // A mean that is not exact must not make a constant series look varied.
  const auto constant = AutocorrelationOf(std::vector<double>(7, 0.1), 4);
  EXPECT_THAT(constant.r, SizeIs(4));
  EXPECT_THAT(constant.r, Each(::testing::IsNan()));
  EXPECT_THAT(constant.band95, Each(::testing::IsNan()));
}

RC_GTEST_PROP(AutocorrelationOf, IsTheFormula, ()) {
  const auto small = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
  const std::vector<double> x(small.begin(), small.end());
  const auto found = AutocorrelationOf(x, 6);
  RC_ASSERT(found.r.size() == (x.empty() ? 0 : std::min<std::size_t>(6, x.size() - 1)));
  double mean = 0;
  for (const double value : x) mean += value / static_cast<double>(x.size());
  double all = 0;
  for (const double value : x) all += (value - mean) * (value - mean);
  for (std::size_t k = 1; k <= found.r.size(); ++k) {
    double sum = 0;
    for (std::size_t t = 0; t + k < x.size(); ++t) sum += (x[t] - mean) * (x[t + k] - mean);
    if (all < 1e-9) {
      RC_ASSERT(std::isnan(found.r[k - 1]));
    } else {
      RC_ASSERT(std::abs(found.r[k - 1] - sum / all) < 1e-9);
    }
  }
}

std::vector<double> Poisson(std::mt19937& random, double rate, int n) {
  std::vector<double> series;
  // Knuth's way, so that the numbers do not depend on the library.
  for (int i = 0; i < n; ++i) {
    double product = 1;
    int count = -1;
    do {
      ++count;
      product *= (static_cast<double>(random()) + 0.5) / 4294967296.0;
    } while (product > std::exp(-rate));
    series.push_back(count);
  }
  return series;
}

TEST(FindChanges, FindsTheMonthOfAStep) {
  const auto changes = FindChanges(std::vector<double>{2, 3, 2, 1, 3, 2, 9, 8, 10, 9, 8, 11});
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].at, 6u);
  EXPECT_LE(changes[0].p_value, 0.01);
  EXPECT_GE(changes[0].p_value, 1.0 / (kPermutations + 1));
}

TEST(FindChanges, FindsAStepUpAndTheStepDownAfterIt) {
  std::mt19937 random(5);
  std::vector<double> series = Poisson(random, 3, 20);
  for (const double x : Poisson(random, 20, 15)) series.push_back(x);
  for (const double x : Poisson(random, 3, 20)) series.push_back(x);
  const auto changes = FindChanges(series);
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].at, 20u);
  EXPECT_EQ(changes[1].at, 35u);
}

TEST(FindChanges, SeldomFindsOneWhereThereIsNone) {
  std::mt19937 random(11);
  int found = 0;
  for (int i = 0; i < 300; ++i) found += FindChanges(Poisson(random, 5, 30)).empty() ? 0 : 1;
  EXPECT_LE(found, 15);  // at most 6 expected of two tests at the level of 1 %
}

TEST(FindChanges, NothingInShortOrConstantSeries) {
  EXPECT_THAT(FindChanges({}), IsEmpty());
  EXPECT_THAT(FindChanges(std::vector<double>{0, 0, 0, 90, 90}), IsEmpty());
  EXPECT_THAT(FindChanges(std::vector<double>(40, 0.1)), IsEmpty());
}

TEST(FindChanges, LeavesSegmentsOfAtLeastThree) {
  std::vector<double> series(40, 5);
  series[0] = series[39] = 500;
  for (const Change& change : FindChanges(series)) {
    EXPECT_GE(change.at, kShortestSegment);
    EXPECT_LE(change.at, series.size() - kShortestSegment);
  }
}

// The p-value is that of the permutation test: for a short series all orders can be tried.
TEST(FindChanges, ThePValueIsTheShareOfOrdersThatLookAsChanged) {
  std::vector<double> series = {0, 0, 0, 0, 0, 2, 8, 9, 9, 9, 9};
  const auto statistic = [](const std::vector<double>& x) {
    double mean = 0;
    for (const double value : x) mean += value / static_cast<double>(x.size());
    double best = 0;
    for (std::size_t k = 3; k + 3 <= x.size(); ++k) {
      double sum = 0;
      for (std::size_t i = 0; i < k; ++i) sum += x[i] - mean;
      best = std::max(best, sum * sum / static_cast<double>(k * (x.size() - k)));
    }
    return best;
  };
  const double given = statistic(series);
  std::vector<double> order = series;
  std::ranges::sort(order);
  std::int64_t all = 0;
  std::int64_t as_large = 0;
  do {
    ++all;
    as_large += statistic(order) >= given - 1e-6 ? 1 : 0;
  } while (std::ranges::next_permutation(order).found);
  const double exact = static_cast<double>(as_large) / static_cast<double>(all);
  const auto changes = FindChanges(series);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].at, 6u);
  // Four standard errors of 2,000 orders.
  EXPECT_NEAR(changes[0].p_value, exact, 4 * std::sqrt(exact * (1 - exact) / 2000) + 1.0 / 2000);
}

}  // namespace
}  // namespace fails::analytics::stats
