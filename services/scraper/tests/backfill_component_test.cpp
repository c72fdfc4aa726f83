// SPDX-License-Identifier: Apache-2.0
// The walk through a page's history, by scrapers of the real parts against a private NATS and a
// page server in this process.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "common/bus/stream_reader.h"
#include "common/platforms/registry.h"
#include "common/testing/await.h"
#include "common/testing/private_nats.h"
#include "common/wire/document.h"
#include "fails/v1/catalog.pb.h"
#include "services/scraper/tests/fakes.h"
#include "services/scraper/tests/page_server.h"
#include "services/scraper/tests/replica.h"

namespace fails::scraper {
namespace {

using ::testing::AllOf;
using testing::Await;
using ::testing::HasSubstr;

constexpr int kDocuments = 300;

constexpr char kFeed[] = "<feed xmlns='http://www.w3.org/2005/Atom'></feed>";
constexpr char kHistoryHtml[] =
    R"(<html><div data-react-class='HistoryIndex' data-react-props='{{"months":[{{"incidents":[{}]}}]}}'></div></html>)";
constexpr char kIncidentHtml[] =
    "<html><h1 class='incident-name impact-minor'>Number {}</h1><div class='update-row'>"
    "<div class='update-title'>Resolved</div><div class='update-body'>Over</div>"
    "<div class='update-timestamp'>Aug 30, 2022 - 11:57 PDT</div></div></html>";

class BackfillTest : public ::testing::Test {
 protected:
  // A history of `count` documents behind a list, and a list for the polls.
  void ServeHistory(int count) {
    std::string list;
    for (int i = 0; i < count; ++i) {
      Serve(fmt::format("/{}", i), fmt::format("document {}", i));
      list += fmt::format("-> /{}\n", i);
    }
    Serve("/history", list);
    Serve("/list", "today");
  }
  void Serve(const std::string& path, const std::string& body) {
    server_.Set("/a" + path, {.body = body, .content_type = "text/fake"});
  }

  // A Statuspage with nothing but HTML of its history and incidents, and a feed.
  void ServeStatuspageInHtml(int incidents) {
    std::string list;
    for (int i = 0; i < incidents; ++i) {
      list += fmt::format(R"({}{{"code":"code{}","name":"N"}})", i > 0 ? "," : "", i);
      server_.Set(fmt::format("/a/incidents/code{}", i),
                  {.body = fmt::format(kIncidentHtml, i), .content_type = "text/html"});
    }
    server_.Set("/a/history.json", {.body = "<html>moved</html>", .content_type = "text/html"});
    server_.Set("/a/history",
                {.body = fmt::format(kHistoryHtml, list), .content_type = "text/html"});
    server_.Set("/a/history.atom", {.body = kFeed, .content_type = "application/atom+xml"});
    server_.Set("/a/",
                {.body = "<script>var uptimeData = {};</script>", .content_type = "text/html"});
    server_.Set("/a/api/v2/components.json", {.body = R"({"page":{"name":"a"},"components":[]})"});
  }

  std::unique_ptr<Replica> Start(const std::string& name, Timing timing = {},
                                 absl::Duration interval = absl::Hours(1)) {
    return Start(name, timing, interval, platform_);
  }
  std::unique_ptr<Replica> Start(const std::string& name, Timing timing, absl::Duration interval,
                                 const platforms::Platform& platform) {
    auto replica = std::make_unique<Replica>(
        nats_.url(), name,
        std::vector<WatchedPage>{{"a", "acme", server_.url() + "/a", &platform, interval, false}},
        timing);
    replica->Start();
    return replica;
  }

  static BackfillState State(Replica& replica) {
    const auto entry = replica.backfills().Get("a");
    return entry.ok() && *entry ? (*entry)->state : BackfillState{};
  }
  static bool Done(Replica& replica) {
    return State(replica).progress.phase == BackfillPhase::kDone;
  }
  static std::optional<v1::BackfillProgress> Told(Replica& replica) {
    bus::KeyValue bucket(replica.nats(), NatsStateStore::kHealthBucket);
    const auto entry = bucket.Get("a");
    v1::PageHealth health;
    if (!entry.ok() || !*entry || !health.ParseFromString((*entry)->value)) return std::nullopt;
    if (!health.has_backfill()) return std::nullopt;
    return health.backfill();
  }

  // How often each body of a history stands in the raw stream.
  static std::map<std::string, int> Published(Replica& replica) {
    const auto bounds = bus::StreamReader::Bounds(replica.nats(), "FAILS_RAW");
    EXPECT_TRUE(bounds.ok()) << bounds.status();
    std::map<std::string, int> bodies;
    if (!bounds.ok()) return bodies;
    bus::StreamReader reader(replica.nats(), "FAILS_RAW", "fails.raw.v1.>", 1);
    std::uint64_t read = 0;
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (read < bounds->messages && absl::Now() < deadline) {
      const auto next = reader.Next(1000, absl::Seconds(1));
      if (!next.ok()) continue;
      for (const bus::StoredMessage& message : *next) {
        ++read;
        v1::RawDocument raw;
        EXPECT_TRUE(raw.ParseFromString(message.payload));
        if (raw.purpose() != v1::DOCUMENT_PURPOSE_BACKFILL) continue;
        ++bodies[wire::Body(raw).value_or("unreadable")];
      }
    }
    return bodies;
  }
  static int Repeats(const std::map<std::string, int>& bodies) {
    int repeats = 0;
    for (const auto& [body, times] : bodies) repeats += times - 1;
    return repeats;
  }

  PageServer server_;
  testing::PrivateNats nats_;
  const FakePlatform platform_{{"/list"}, {"/history"}};
};

TEST_F(BackfillTest, BeginsByItselfAfterTheFirstGoodPollAndIsToldToAll) {
  ServeHistory(60);
  server_.Set("/a/list", {.status = 503});
  const auto replica = Start("one", {}, absl::Milliseconds(20));
  ASSERT_TRUE(Await([&] { return server_.Count("/a/list") >= 3; }));
  EXPECT_EQ(server_.Count("/a/history"), 0) << "a page that never answered well is not walked";
  Serve("/list", "today");
  ASSERT_TRUE(Await([&] { return Done(*replica); }));
  const auto bodies = Published(*replica);
  EXPECT_EQ(bodies.size(), 61u);
  EXPECT_EQ(Repeats(bodies), 0);
  ASSERT_TRUE(Await([&] {
    const auto told = Told(*replica);
    return told && told->state() == v1::BackfillProgress::STATE_DONE;
  }));
  EXPECT_EQ(Told(*replica)->documents(), 61);
  EXPECT_EQ(Told(*replica)->pending(), 0);
  EXPECT_TRUE(Told(*replica)->has_finished_at());
}

TEST_F(BackfillTest, AReplicaThatStopsLeavesTheRestToAnotherWithoutARepeat) {
  ServeHistory(kDocuments);
  const auto middle = [](bool hang) {
    return PageServer::Document{.body = "document 70", .content_type = "text/fake", .hang = hang};
  };
  server_.Set("/a/70", middle(true));  // so that it stops in the middle
  auto one = Start("one");
  ASSERT_TRUE(Await([&] { return server_.Count("/a/70") > 0; }));
  one.reset();
  server_.Set("/a/70", middle(false));
  const auto two = Start("two");
  ASSERT_TRUE(Await([&] { return Done(*two); }));
  const auto bodies = Published(*two);
  EXPECT_EQ(bodies.size(), kDocuments + 1u);
  EXPECT_EQ(Repeats(bodies), 0);
  EXPECT_EQ(server_.Count("/a/history"), 1) << "the walk went on, it did not begin anew";
}

TEST_F(BackfillTest, AKilledReplicasSliceIsWalkedAgainWhenItsLeaseHasRunOut) {
  ServeHistory(kDocuments);
  // Dies after it has published a slice and before it has written so.
  Replica dead(nats_.url(), "dead", {});
  dead.Start();
  const std::string url = server_.url() + "/a";
  BackfillState state = BeginBackfill(
      "fake", url, platform_.FirstRequests(url, platforms::Purpose::kBackfill, absl::Now()),
      dead.clock().Now());
  state.owner = "dead";
  state.lease_until = dead.clock().Now() + absl::Seconds(2);
  ASSERT_TRUE(dead.backfills().CompareAndSet("a", state, 0).ok());
  SliceOptions slice;
  ASSERT_EQ(dead.walk()
                .Run({"a", url, platform_}, state, slice, [](absl::Time) { return true; })
                .published,
            slice.documents);

  const auto heir = Start("heir");
  ASSERT_TRUE(Await([&] { return Done(*heir); }));
  const auto bodies = Published(*heir);
  EXPECT_EQ(bodies.size(), kDocuments + 1u);
  EXPECT_LE(Repeats(bodies), slice.documents);
  EXPECT_GE(*State(*heir).progress.finished_at, state.lease_until);
}

TEST_F(BackfillTest, TwoReplicasShareAWalkAndRepeatNothing) {
  ServeHistory(kDocuments);
  const auto one = Start("one");
  const auto two = Start("two");
  ASSERT_TRUE(Await([&] { return Done(*one); }));
  const auto bodies = Published(*one);
  EXPECT_EQ(bodies.size(), kDocuments + 1u);
  EXPECT_EQ(Repeats(bodies), 0);
}

TEST_F(BackfillTest, ASliceThatTakesLongerThanItsLeaseIsNotTakenOver) {
  ServeHistory(40);
  // A slice of 25 takes 3 s; a renewal may be more than a second late.
  const Timing slow = {.lease = absl::Seconds(2), .backfill_per_second = 8};
  const auto one = Start("one", slow);
  const auto two = Start("two", slow);
  ASSERT_TRUE(Await([&] { return Done(*one); }));
  const auto bodies = Published(*one);
  EXPECT_EQ(bodies.size(), 41u);
  EXPECT_EQ(Repeats(bodies), 0);
}

TEST_F(BackfillTest, AKilledBusLosesNothing) {
  ServeHistory(kDocuments);
  const auto replica = Start("one");
  ASSERT_TRUE(Await([&] { return server_.Count("/a/80") > 0; }));
  nats_.Kill();
  nats_.Start();
  ASSERT_TRUE(Await([&] { return Done(*replica); }, absl::Minutes(1)));
  const auto bodies = Published(*replica);
  EXPECT_EQ(bodies.size(), kDocuments + 1u);
  EXPECT_LE(Repeats(bodies), 25);
}

TEST_F(BackfillTest, PollsGoOnBesideASlowWalk) {
  ServeHistory(kDocuments);
  const auto replica = Start("one", {.backfill_per_second = 1}, absl::Milliseconds(20));
  ASSERT_TRUE(Await([&] { return server_.Count("/a/1") > 0; }));
  const int polls = server_.Count("/a/list");
  ASSERT_TRUE(Await([&] { return server_.Count("/a/list") >= polls + 20; }));
  EXPECT_EQ(server_.Count("/a/20"), 0) << "while the history is walked at its own pace";
}

TEST_F(BackfillTest, WhatStaysBrokenIsSkippedAndTheWalkEnds) {
  ServeHistory(30);
  server_.Set("/a/3", {.status = 404});
  server_.Set("/a/4", {.body = "<html>", .content_type = "text/html"});
  const auto replica = Start("one");
  ASSERT_TRUE(Await([&] { return Done(*replica); }));
  EXPECT_EQ(Published(*replica).size(), 29u);
  EXPECT_EQ(server_.Count("/a/3"), 1);
  EXPECT_EQ(server_.Count("/a/4"), 5);
  EXPECT_THAT(State(*replica).progress.last_error, HasSubstr("2 documents skipped"));
}

TEST_F(BackfillTest, FallsBackToHtmlAndToTheFeedAcrossReplicas) {
  const platforms::Platform& statuspage = *platforms::Find("statuspage");
  ServeStatuspageInHtml(60);
  server_.Set("/a/incidents/code7", {.status = 404});
  const auto middle = [](bool hang) {
    return PageServer::Document{
        .body = fmt::format(kIncidentHtml, 30), .content_type = "text/html", .hang = hang};
  };
  server_.Set("/a/incidents/code30", middle(true));
  auto one = Start("one", {}, absl::Hours(1), statuspage);
  ASSERT_TRUE(Await([&] { return server_.Count("/a/incidents/code30") > 0; }));
  one.reset();
  server_.Set("/a/incidents/code30", middle(false));
  const auto two = Start("two", {}, absl::Hours(1), statuspage);
  ASSERT_TRUE(Await([&] { return Done(*two); }));
  auto bodies = Published(*two);
  EXPECT_EQ(bodies.count(kFeed), 1u) << "the last resort for the incident that is gone";
  std::erase_if(bodies,
                [](const auto& body) { return body.first.find(">Number ") == std::string::npos; });
  EXPECT_EQ(bodies.size(), 59u);
  EXPECT_EQ(Repeats(bodies), 0);
  EXPECT_THAT(State(*two).progress.last_error,
              AllOf(HasSubstr("1 document skipped"), HasSubstr("/incidents/code7): HTTP 404")));
}

TEST_F(BackfillTest, IsStartedOverOnDemandThroughAnyReplica) {
  ServeHistory(10);
  const auto one = Start("one");
  ASSERT_TRUE(Await([&] { return Done(*one); }));
  Serve("/new", "found later");
  Serve("/history", "-> /new");
  Replica other(nats_.url(), "other",
                {{"a", "acme", server_.url() + "/a", &platform_, absl::Hours(1), false}});
  ASSERT_TRUE(Await([&] { return other.nats().Probe().ok(); }));
  ASSERT_TRUE(other.desk().Backfill("a").ok());
  ASSERT_TRUE(Await([&] { return Published(*one).contains("found later"); }));
  EXPECT_TRUE(Await([&] { return Done(*one) && State(*one).progress.documents == 2; }));
}

}  // namespace
}  // namespace fails::scraper
