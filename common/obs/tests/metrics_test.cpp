// SPDX-License-Identifier: Apache-2.0
#include "common/obs/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

#include "common/obs/collector.h"

namespace fails::obs {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricsTest, EqualNameAndLabelsAreOneSeries) {
  GetCounter("test_equal_total", "Help text.", {{"page", "openai"}}).Increment();
  GetCounter("test_equal_total", "Help text.", {{"page", "openai"}}).Increment(2);
  GetCounter("test_equal_total", "Help text.", {{"page", "anthropic"}}).Increment();
  const std::string text = RenderMetrics();
  EXPECT_THAT(text,
              HasSubstr("# HELP test_equal_total Help text.\n# TYPE test_equal_total counter\n"));
  EXPECT_THAT(text, HasSubstr("test_equal_total{page=\"openai\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("test_equal_total{page=\"anthropic\"} 1\n"));
}

TEST(MetricsTest, GaugesGoUpAndDown) {
  const Gauge gauge = GetGauge("test_gauge", "Help.");
  gauge.Set(5);
  gauge.Increment(-2);
  EXPECT_THAT(RenderMetrics(), HasSubstr("test_gauge 3\n"));
}

TEST(MetricsTest, HistogramsCountIntoBuckets) {
  const Histogram histogram = GetHistogram("test_seconds", "Help.", {}, {0.1, 1});
  histogram.Observe(0.05);
  histogram.Observe(0.5);
  histogram.Observe(5);
  const std::string text = RenderMetrics();
  EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"0.1\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"1\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"+Inf\"} 3\n"));
}

TEST(MetricsTest, OneNameIsOfOneKind) {
  GetCounter("test_kind", "Help.");
  EXPECT_THROW(GetGauge("test_kind", "Help."), std::invalid_argument);
}

TEST(MetricsTest, CountsFromManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      for (int j = 0; j < 1000; ++j) GetCounter("test_threads_total", "Help.").Increment();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(RenderMetrics(), HasSubstr("test_threads_total 8000\n"));
}

TEST(MetricsTest, ACollectorIsAskedAtEveryScrapeWhileItLives) {
  int asked = 0;
  {
    const Collector collector([&asked](const std::function<void(Family)>& tell) {
      ++asked;
      tell({"test_collected",
            "Computed.",
            FamilyKind::kGauge,
            {{{{"page", "a\"b"}}, 1.5}, {{}, 2}}});
      tell({"test_collected_total", "Counted.", FamilyKind::kCounter, {{{}, 7}}});
    });
    EXPECT_EQ(asked, 0);
    const std::string text = RenderMetrics();
    EXPECT_THAT(text, HasSubstr("# HELP test_collected Computed.\n# TYPE test_collected gauge\n"
                                "test_collected{page=\"a\\\"b\"} 1.5\ntest_collected 2\n"));
    EXPECT_THAT(text, HasSubstr("# TYPE test_collected_total counter\ntest_collected_total 7\n"));
  }
  EXPECT_THAT(RenderMetrics(), Not(HasSubstr("test_collected")));
  EXPECT_EQ(asked, 1);
}

TEST(MetricsTest, TellsOfTheProcess) {
  const std::string text = RenderMetrics();
  EXPECT_THAT(text, ContainsRegex("fails_build_info\\{version=\"[0-9.]+\"\\} 1\n"));
  EXPECT_THAT(text, ContainsRegex("fails_process_start_time_seconds [1-9]"));
  EXPECT_THAT(text, ContainsRegex("fails_process_resident_memory_bytes [1-9]"));
  EXPECT_THAT(text, ContainsRegex("fails_process_open_fds [1-9]"));
  EXPECT_THAT(text, ContainsRegex("fails_process_threads [1-9]"));
  EXPECT_THAT(text, HasSubstr("# TYPE fails_process_cpu_seconds_total counter\n"));
}

}  // namespace
}  // namespace fails::obs
