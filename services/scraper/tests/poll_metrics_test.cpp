// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poll_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/obs/metrics.h"
#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class PollMetricsTest : public ::testing::Test {
 protected:
  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  FakePlatform platform_;
  const std::vector<WatchedPage> pages_ = {
      {"a", "acme", "https://a", &platform_, absl::Minutes(1), false},
      {"b", "acme", "https://b", &platform_, absl::Minutes(1), false},
      {"dead", "acme", "https://dead", &platform_, absl::Minutes(1), true}};
  PollMetrics metrics_{pages_, clock_};
};

TEST_F(PollMetricsTest, PagesBeginUnknownAndDormantOnesAreLeftOut) {
  EXPECT_THAT(obs::RenderMetrics(),
              AllOf(HasSubstr("fails_scraper_pages{state=\"unknown\"} 2\n"),
                    HasSubstr("fails_scraper_page_last_success_timestamp_seconds{page=\"a\"} 0\n"),
                    Not(HasSubstr("fails_scraper_page_state{")), Not(HasSubstr("backfill_done{")),
                    Not(HasSubstr("documents_published_total{")), Not(HasSubstr("page=\"dead\""))));
}

TEST_F(PollMetricsTest, CountsPollsByOutcomeAndDocuments) {
  metrics_.Polled("a", "changed", 3, absl::Seconds(1));
  metrics_.Polled("a", "not_modified", 0, absl::Seconds(1));
  metrics_.Polled("a", "changed", 2, absl::Seconds(1));
  metrics_.Polled("nobody", "changed", 1, absl::Seconds(1));
  EXPECT_THAT(
      obs::RenderMetrics(),
      AllOf(HasSubstr("# TYPE fails_scraper_polls_total counter\n"),
            HasSubstr("fails_scraper_polls_total{page=\"a\",outcome=\"changed\"} 2\n"),
            HasSubstr("fails_scraper_polls_total{page=\"a\",outcome=\"not_modified\"} 1\n"),
            HasSubstr("fails_scraper_documents_published_total{page=\"a\"} 5\n"),
            Not(HasSubstr("page=\"nobody\"")), HasSubstr("fails_scraper_poll_seconds_count")));
}

TEST_F(PollMetricsTest, TellsTheHealthOfAPageAsOfNow) {
  Health health;
  health.state = HealthState::kFrozen;
  health.last_success_at = clock_.Now();
  health.last_change_at = clock_.Now() - absl::Hours(24 * 31);
  metrics_.SetHealth("a", health);
  health.state = HealthState::kMoved;
  metrics_.SetHealth("b", health);
  EXPECT_THAT(
      obs::RenderMetrics(),
      AllOf(HasSubstr("fails_scraper_page_state{page=\"a\",state=\"frozen\"} 1\n"),
            HasSubstr("fails_scraper_page_state{page=\"b\",state=\"moved\"} 1\n"),
            HasSubstr("fails_scraper_pages{state=\"frozen\"} 1\n"),
            HasSubstr("fails_scraper_pages{state=\"moved\"} 1\n"),
            HasSubstr("fails_scraper_page_last_success_timestamp_seconds{page=\"a\"} 1000000\n"),
            Not(HasSubstr("state=\"unknown\""))));
  clock_.Advance(absl::Hours(1));
  EXPECT_THAT(obs::RenderMetrics(),
              AllOf(HasSubstr("fails_scraper_page_state{page=\"a\",state=\"stale\"} 1\n"),
                    HasSubstr("fails_scraper_page_state{page=\"b\",state=\"moved\"} 1\n"),
                    Not(HasSubstr("state=\"frozen\""))));
}

TEST_F(PollMetricsTest, TellsHowFarAHistoryIsWalked) {
  BackfillProgress progress{.phase = BackfillPhase::kRunning, .pending = 12};
  metrics_.SetBackfill("a", progress);
  metrics_.Backfilled("a", 25);
  metrics_.Backfilled("a", 5);
  EXPECT_THAT(obs::RenderMetrics(),
              AllOf(HasSubstr("fails_scraper_page_backfill_pending{page=\"a\"} 12\n"),
                    HasSubstr("fails_scraper_page_backfill_done{page=\"a\"} 0\n"),
                    HasSubstr("fails_scraper_backfill_documents_total{page=\"a\"} 30\n")));
  progress = {.phase = BackfillPhase::kDone, .pending = 0};
  metrics_.SetBackfill("a", progress);
  EXPECT_THAT(obs::RenderMetrics(), HasSubstr("fails_scraper_page_backfill_done{page=\"a\"} 1\n"));
}

}  // namespace
}  // namespace fails::scraper
