// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/poller.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/synchronization/notification.h"
#include "common/testing/await.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using testing::Await;

// One replica over a shared store, site and sink.
struct Replica {
  Replica(const std::string& name, std::vector<WatchedPage> watched, StateStore& store, Fetch site,
          DocumentSink& sink, Poller::Options options = {})
      : pages(std::move(watched)),
        metrics(pages, clock),
        fetch(std::move(site)),
        page_poll(clock, fetch, sink),
        board(store, backfills),
        claims(store, clock, name, absl::Seconds(15)),
        keeper(absl::Seconds(5)),
        poller(pages, options,
               {clock, claims, keeper, page_poll, board, metrics, [] { return 0.5; },
                [this](const std::string&, const std::function<absl::Status()>&) {
                  ++probes;
                  return detected;
                },
                [this] { cancelled = true; }}) {}

  const std::vector<WatchedPage> pages;
  SystemClock clock;
  PollMetrics metrics;
  std::atomic<bool> cancelled = false;
  std::atomic<int> probes = 0;
  std::string detected;  // set before Start
  Fetch fetch;
  PagePoll page_poll;
  MemoryBackfillStore backfills;
  HealthBoard board;
  Claims claims;
  LeaseKeeper keeper;
  Poller poller;
};

class PollerTest : public ::testing::Test {
 protected:
  WatchedPage Page(const std::string& id, absl::Duration interval = absl::Hours(1)) {
    return {id, "acme", "https://" + id, &platform_, interval, false};
  }
  bool Polled(const std::string& page) {
    return store_.State(page).health.state != HealthState::kUnknown;
  }

  FakePlatform platform_;
  MemoryStateStore store_;
  FakeSite site_;
  RecordingSink sink_;
};

TEST_F(PollerTest, PollsEveryNewPageAtOnceAndThenByItsInterval) {
  site_.Set("https://a/list", {.body = "a", .etag = "\"a\""});
  site_.Set("https://b/list", {.body = "b"});
  Replica replica("r", {Page("a", absl::Milliseconds(20)), Page("b")}, store_, site_.AsFetch(),
                  sink_);
  replica.poller.Start();
  EXPECT_TRUE(Await([&] { return site_.Requests().size() >= 5 && Polled("b"); }));
  replica.poller.Stop(absl::Now() + absl::Seconds(5));

  const auto urls = site_.Urls();
  EXPECT_EQ(std::ranges::count(urls, "https://b/list"), 1);
  EXPECT_EQ(sink_.published().size(), 2u) << "only what changed";
  EXPECT_EQ(store_.State("a").owner, "") << "claims are given back";
  EXPECT_EQ(store_.State("b").health.state, HealthState::kOk);
  ASSERT_TRUE(store_.Published("b").has_value());
  EXPECT_EQ(*store_.Published("b"), store_.State("b").health);
}

TEST_F(PollerTest, APageThatIsNotDueIsLeftAlone) {
  PageState later;
  later.next_poll_at = absl::Now() + absl::Hours(1);
  ASSERT_TRUE(store_.CompareAndSet("a", later, 0).ok());
  site_.Set("https://b/list", {.body = "b"});
  Replica replica("r", {Page("a"), Page("b")}, store_, site_.AsFetch(), sink_);
  replica.poller.Start();
  EXPECT_TRUE(Await([&] { return Polled("b"); }));
  EXPECT_FALSE(Polled("a"));

  // Somebody asks for it, and the news arrives.
  later.next_poll_at = absl::Now();
  ASSERT_TRUE(store_.CompareAndSet("a", later, 1).ok());
  replica.poller.PageChanged("a", later);
  EXPECT_TRUE(Await([&] { return Polled("a"); }));
}

TEST_F(PollerTest, ASlowPageDelaysNoOther) {
  absl::Notification release;
  site_.Set("https://a/list", {.body = "a"});
  site_.Set("https://b/list", {.body = "b"});
  const Fetch fetch = [&](const FetchRequest& request) {
    if (request.url == "https://a/list") release.WaitForNotification();
    return site_.AsFetch()(request);
  };
  Replica replica("r", {Page("a"), Page("b")}, store_, fetch, sink_);
  replica.poller.Start();
  EXPECT_TRUE(Await([&] { return Polled("b"); }));
  EXPECT_FALSE(Polled("a"));
  release.Notify();
  EXPECT_TRUE(Await([&] { return Polled("a"); }));
}

TEST_F(PollerTest, AFailingPageIsToldAndPutOff) {
  site_.Set("https://a/list", {.status = 503});
  Replica replica("r", {Page("a", absl::Minutes(1))}, store_, site_.AsFetch(), sink_);
  replica.poller.Start();
  ASSERT_TRUE(Await([&] { return store_.Published("a").has_value(); }));
  const Health health = *store_.Published("a");
  EXPECT_EQ(health.state, HealthState::kUnreachable);
  EXPECT_EQ(health.last_error, "list: HTTP 503 (text/fake)");
  EXPECT_EQ(health.consecutive_failures, 1);
  EXPECT_GT(*health.next_poll_at, absl::Now() + absl::Seconds(30));
}

TEST_F(PollerTest, ABugOfAPlatformIsThatPagesFailure) {
  site_.Set("https://a/list", {.body = "throw"});
  site_.Set("https://b/list", {.body = "b"});
  Replica replica("r", {Page("a"), Page("b")}, store_, site_.AsFetch(), sink_);
  replica.poller.Start();
  EXPECT_TRUE(Await([&] { return Polled("a") && Polled("b"); }));
  EXPECT_EQ(store_.State("a").health.state, HealthState::kWrongContent);
  EXPECT_EQ(store_.State("a").health.last_error, "page: failed inside: a bug in the platform");
  EXPECT_EQ(store_.State("b").health.state, HealthState::kOk);
}

TEST_F(PollerTest, WaitsForAStoreThatIsAwayAndGoesOn) {
  site_.Set("https://a/list", {.body = "a"});
  store_.SetAway(true);
  Replica replica("r", {Page("a")}, store_, site_.AsFetch(), sink_);
  replica.poller.Start();
  EXPECT_TRUE(Await([&] { return store_.Refused() > 0; }));
  EXPECT_TRUE(site_.Requests().empty());
  store_.SetAway(false);
  EXPECT_TRUE(Await([&] { return Polled("a"); }));
}

TEST_F(PollerTest, TheOutcomeOfAPollOutlivesAStoreThatGoesAway) {
  site_.Set("https://a/list", {.body = "a"});
  const Fetch fetch = [this](const FetchRequest& request) {
    store_.SetAway(true);
    return site_.AsFetch()(request);
  };
  Replica replica("r", {Page("a")}, store_, fetch, sink_);
  replica.poller.Start();
  EXPECT_TRUE(Await([&] { return store_.Refused() > 0; }));
  store_.SetAway(false);
  EXPECT_TRUE(Await([&] { return Polled("a"); }));
  EXPECT_EQ(site_.Requests().size(), 1u);
  EXPECT_EQ(store_.State("a").validators->size(), 1u);
}

TEST_F(PollerTest, TwoReplicasNeverPollOnePageAtTheSameTime) {
  std::atomic<int> at_once = 0, most = 0, polls = 0;
  site_.Set("https://a/list", {.body = "a"});
  const Fetch fetch = [&](const FetchRequest& request) {
    const int now = ++at_once;
    int seen = most;
    while (now > seen && !most.compare_exchange_weak(seen, now)) continue;
    auto response = site_.AsFetch()(request);
    ++polls;
    --at_once;
    return response;
  };
  const std::vector<WatchedPage> pages = {Page("a", absl::Milliseconds(1))};
  Replica one("one", pages, store_, fetch, sink_);
  Replica two("two", pages, store_, fetch, sink_);
  one.poller.Start();
  two.poller.Start();
  EXPECT_TRUE(Await([&] { return polls >= 200; }));
  EXPECT_EQ(most, 1);
  EXPECT_EQ(sink_.published().size(), 1u);
}

TEST_F(PollerTest, StopLetsAPollEndOrCutsItShortAndGivesThePageBack) {
  absl::Notification started, release;
  const Fetch fetch = [&](const FetchRequest&) -> absl::StatusOr<FetchResponse> {
    started.Notify();
    release.WaitForNotification();
    return absl::CancelledError("shutting down");
  };
  Replica replica("r", {Page("a")}, store_, fetch, sink_);
  replica.poller.Start();
  started.WaitForNotification();
  std::thread stopping([&] { replica.poller.Stop(absl::Now() + absl::Milliseconds(20)); });
  EXPECT_TRUE(Await([&] { return replica.cancelled.load(); }));
  release.Notify();
  stopping.join();
  const PageState state = store_.State("a");
  EXPECT_EQ(state.owner, "");
  EXPECT_EQ(state.consecutive_failures, 0);
  EXPECT_EQ(state.health.state, HealthState::kUnknown) << "no failure of the page";
  EXPECT_LE(state.next_poll_at, absl::Now() + absl::Seconds(10)) << "due for the others";
}

TEST_F(PollerTest, APageThatKeepsAnsweringWronglyIsAskedWhatItIsNow) {
  site_.Set("https://a/list", {.body = "<html>", .content_type = "text/html"});
  Replica replica("r", {Page("a", absl::Milliseconds(5))}, store_, site_.AsFetch(), sink_);
  replica.detected = "instatus";
  replica.poller.Start();
  ASSERT_TRUE(Await([&] { return store_.State("a").health.state == HealthState::kMoved; }));
  const Health health = store_.State("a").health;
  EXPECT_EQ(health.detected_platform, "instatus");
  EXPECT_EQ(health.last_error.substr(0, 44), "the page seems to be on 'instatus' now, not ");
  EXPECT_GE(health.consecutive_failures, 3);
  ASSERT_TRUE(Await([&] { return store_.State("a").health.consecutive_failures >= 5; }));
  EXPECT_EQ(store_.State("a").health.state, HealthState::kMoved) << "it stays known";
  EXPECT_EQ(replica.probes, 1) << "and is not asked at every poll";
  site_.Set("https://a/list", {.body = "a"});
  ASSERT_TRUE(Await([&] { return store_.State("a").health.state == HealthState::kOk; }));
  EXPECT_EQ(store_.State("a").health.detected_platform, "");
}

}  // namespace
}  // namespace fails::scraper
