// SPDX-License-Identifier: Apache-2.0
// Scrapers of the real parts against a private NATS and a page server in this process.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "common/bus/stream_reader.h"
#include "common/obs/metrics.h"
#include "common/platforms/registry.h"
#include "common/testing/await.h"
#include "common/testing/private_nats.h"
#include "common/wire/document.h"
#include "common/wire/time_proto.h"
#include "fails/v1/catalog.pb.h"
#include "services/scraper/adapters/state_codec.h"
#include "services/scraper/tests/fakes.h"
#include "services/scraper/tests/page_server.h"
#include "services/scraper/tests/replica.h"

namespace fails::scraper {
namespace {

using testing::Await;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::Duration kOften = absl::Milliseconds(20);
constexpr absl::Duration kRarely = absl::Hours(1);

class ScraperTest : public ::testing::Test {
 protected:
  std::unique_ptr<Replica> Start(const std::vector<WatchedPage>& pages,
                                 const std::string& name = "replica", Timing timing = {}) {
    auto replica = std::make_unique<Replica>(nats_.url(), name, pages, timing);
    replica->Start();
    return replica;
  }

  // A page whose base URL is a folder of the server.
  WatchedPage Page(const std::string& id, const platforms::Platform& platform,
                   absl::Duration interval) {
    return {id, "acme", server_.url() + "/" + id, &platform, interval, false};
  }

  static PageState State(Replica& replica, const std::string& page) {
    const auto entry = replica.store().Get(page);
    return entry.ok() && *entry ? (*entry)->state : PageState{};
  }

  static std::optional<v1::PageHealth> Told(Replica& replica, const std::string& page) {
    bus::KeyValue bucket(replica.nats(), NatsStateStore::kHealthBucket);
    const auto entry = bucket.Get(page);
    v1::PageHealth health;
    if (!entry.ok() || !*entry || !health.ParseFromString((*entry)->value)) return std::nullopt;
    return health;
  }

  // What polls have published, without what the walk through the history did.
  static std::vector<bus::StoredMessage> Polled(Replica& replica) {
    std::vector<bus::StoredMessage> messages = Raw(replica);
    std::erase_if(messages, [](const bus::StoredMessage& message) {
      v1::RawDocument raw;
      return !raw.ParseFromString(message.payload) || raw.purpose() != v1::DOCUMENT_PURPOSE_POLL;
    });
    return messages;
  }

  // Everything that is in the raw stream now.
  static std::vector<bus::StoredMessage> Raw(Replica& replica) {
    const auto bounds = bus::StreamReader::Bounds(replica.nats(), "FAILS_RAW");
    EXPECT_TRUE(bounds.ok()) << bounds.status();
    std::vector<bus::StoredMessage> all;
    if (!bounds.ok()) return all;
    bus::StreamReader reader(replica.nats(), "FAILS_RAW", "fails.raw.v1.>", 1);
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (all.size() < bounds->messages && absl::Now() < deadline) {
      const auto next = reader.Next(1000, absl::Seconds(1));
      if (next.ok()) all.insert(all.end(), next->begin(), next->end());
    }
    EXPECT_GE(all.size(), bounds->messages);
    return all;
  }
  static std::uint64_t Stored(Replica& replica) {
    const auto bounds = bus::StreamReader::Bounds(replica.nats(), "FAILS_RAW");
    return bounds.ok() ? bounds->messages : 0;
  }

  static std::multiset<std::string> Bodies(const std::vector<bus::StoredMessage>& messages) {
    std::multiset<std::string> bodies;
    for (const bus::StoredMessage& message : messages) {
      v1::RawDocument raw;
      EXPECT_TRUE(raw.ParseFromString(message.payload));
      const auto body = wire::Body(raw);
      EXPECT_TRUE(body.ok()) << body.status();
      bodies.insert(body.value_or("unreadable"));
    }
    return bodies;
  }

  // The counter fails_scraper_polls_total of this test program.
  static int Counted(const std::string& page, const std::string& outcome) {
    std::istringstream lines(obs::RenderMetrics());
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("fails_scraper_polls_total{")) continue;
      if (line.find(fmt::format("page=\"{}\"", page)) == std::string::npos) continue;
      if (line.find(fmt::format("outcome=\"{}\"", outcome)) == std::string::npos) continue;
      return std::stoi(line.substr(line.rfind(' ')));
    }
    return 0;
  }

  void ServeStatuspage(const std::string& id, const std::string& updated_at) {
    const std::string page = fmt::format(
        R"("page":{{"id":"x","name":"{}","url":"https://example.com","updated_at":"{}"}})", id,
        updated_at);
    const std::map<std::string, std::string> lists = {
        {"incidents", "incidents"},
        {"incidents/unresolved", "incidents"},
        {"scheduled-maintenances", "scheduled_maintenances"},
        {"components", "components"},
        {"summary", "components"}};
    for (const auto& [path, list] : lists) {
      server_.Set(fmt::format("/{}/api/v2/{}.json", id, path),
                  {.body = fmt::format(R"({{{},"{}":[],"of":"{}"}})", page, list, path)});
    }
    server_.Set(fmt::format("/{}/", id),
                {.body = "<script>var uptimeData = {};</script>", .content_type = "text/html"});
  }

  PageServer server_;
  testing::PrivateNats nats_;
  const FakePlatform fake_;
  const platforms::Platform& statuspage_ = *platforms::Find("statuspage");
};

TEST_F(ScraperTest, AnUnchangedPageIsPublishedOnceAndAskedForWithItsEtag) {
  ServeStatuspage("openai", "2026-01-01T00:00:00Z");
  const std::string incidents = "/openai/api/v2/incidents.json";
  const auto replica = Start({Page("openai", statuspage_, kOften)});
  ASSERT_TRUE(Await([&] { return server_.Count(incidents) >= 5; }));
  EXPECT_EQ(Polled(*replica).size(), 6u) << "six documents, once each";

  const auto requests = server_.Requests();
  EXPECT_EQ(requests.front().if_none_match, "");
  EXPECT_THAT(requests.back().if_none_match, StartsWith("\""));
  EXPECT_EQ(requests.back().user_agent, "fails-scraper/test");

  ServeStatuspage("openai", "2026-01-01T00:01:00Z");
  const int before = server_.Count(incidents);
  ASSERT_TRUE(Await([&] { return server_.Count(incidents) >= before + 3; }));
  const auto messages = Polled(*replica);
  EXPECT_EQ(messages.size(), 11u) << "the calendars are as they were";
  EXPECT_EQ(messages.front().subject, "fails.raw.v1.statuspage.openai");
  EXPECT_NE(messages.front().message_id, "");
  v1::RawDocument raw;
  ASSERT_TRUE(raw.ParseFromString(messages.front().payload));
  EXPECT_EQ(raw.kind(), "incidents");
  EXPECT_EQ(raw.url(), server_.url() + incidents);
  EXPECT_EQ(raw.purpose(), v1::DOCUMENT_PURPOSE_POLL);

  ASSERT_TRUE(Await([&] { return Told(*replica, "openai").has_value(); }));
  const v1::PageHealth health = *Told(*replica, "openai");
  EXPECT_EQ(health.state(), v1::PAGE_HEALTH_STATE_OK) << health.last_error();
  EXPECT_TRUE(health.has_last_success_at());
  EXPECT_TRUE(health.has_last_change_at());
  EXPECT_TRUE(health.has_next_poll_at());
}

TEST_F(ScraperTest, APageThatGoesBackToAnEarlierBodyIsPublishedAgain) {
  const auto replica = Start({Page("a", fake_, kOften)});
  std::uint64_t messages = 0;
  for (const char* body : {"calm", "storm", "calm"}) {
    server_.Set("/a/list", {.body = body, .content_type = "text/fake"});
    ++messages;
    EXPECT_TRUE(Await([&] { return Stored(*replica) == messages; })) << body;
  }
}

TEST_F(ScraperTest, Quirk01HtmlWith200IsWrongContentAndNothingIsPublished) {
  for (const char* path :
       {"incidents", "incidents/unresolved", "scheduled-maintenances", "components", "summary"}) {
    server_.Set(fmt::format("/openai/api/v2/{}.json", path),
                {.body = "<html>moved</html>", .content_type = "text/html"});
  }
  const auto replica = Start({Page("openai", statuspage_, kRarely)});
  ASSERT_TRUE(Await([&] { return Told(*replica, "openai").has_value(); }));
  const v1::PageHealth health = *Told(*replica, "openai");
  EXPECT_EQ(health.state(), v1::PAGE_HEALTH_STATE_WRONG_CONTENT);
  EXPECT_THAT(health.last_error(), HasSubstr("5 of 5 documents failed"));
  EXPECT_THAT(health.last_error(), HasSubstr("instead of JSON"));
  EXPECT_EQ(health.consecutive_failures(), 1);
  EXPECT_FALSE(health.has_last_success_at());
  EXPECT_EQ(Raw(*replica).size(), 0u);
}

// A mirror that nobody feeds any more, and whose answers differ in a trifle each time.
TEST_F(ScraperTest, Quirk02AMirrorWhoseOwnClockStandsStillHasNotChanged) {
  ServeStatuspage("openai", "2026-05-08T00:00:00Z");
  const auto replica = Start({Page("openai", statuspage_, kOften)});
  ASSERT_TRUE(Await([&] { return State(*replica, "openai").health.last_change_at.has_value(); }));
  const auto changed_at = State(*replica, "openai").health.last_change_at;
  const auto summary = [](const char* updated_at, const char* trifle) {
    return PageServer::Document{
        .body = fmt::format(R"({{"page":{{"updated_at":"{}"}},"components":[],"of":"{}"}})",
                            updated_at, trifle)};
  };
  const std::string path = "/openai/api/v2/summary.json";
  server_.Set(path, summary("2026-05-08T00:00:00Z", "a trifle"));
  ASSERT_TRUE(Await([&] { return Polled(*replica).size() == 7u; }));
  const int polls = server_.Count(path);
  ASSERT_TRUE(Await([&] { return server_.Count(path) >= polls + 3; }));
  EXPECT_EQ(State(*replica, "openai").health.last_change_at, changed_at);
  server_.Set(path, summary("2026-05-09T00:00:00Z", "news"));
  EXPECT_TRUE(Await([&] { return State(*replica, "openai").health.last_change_at > changed_at; }))
      << "it is fed again";
}

TEST_F(ScraperTest, Quirk03ARedirectToPageDeletedMakesThePageDormantAndTakesNothingBack) {
  ServeStatuspage("openai", "2026-01-01T00:00:00Z");
  const auto replica = Start({Page("openai", statuspage_, kOften)});
  ASSERT_TRUE(Await([&] { return Polled(*replica).size() == 6u; }));
  server_.Set("/deleted", {.body = "<html><h1>This page has been deleted</h1></html>",
                           .content_type = "text/html"});
  for (const PageServer::Seen& seen : server_.Requests()) {
    server_.Set(seen.path, {.status = 302, .location = "/deleted"});
  }
  ASSERT_TRUE(Await([&] {
    const auto health = Told(*replica, "openai");
    return health && health->state() == v1::PAGE_HEALTH_STATE_DELETED;
  }));
  const v1::PageHealth health = *Told(*replica, "openai");
  EXPECT_THAT(health.last_error(), HasSubstr("the page says that it was deleted"));
  EXPECT_EQ(health.consecutive_failures(), 3);
  EXPECT_TRUE(health.has_last_success_at());
  EXPECT_GT(wire::FromProto(health.next_poll_at()), absl::Now() + absl::Hours(20));
  const auto listed = replica->desk().List();
  ASSERT_TRUE(listed.ok()) << listed.status();
  const PageDesk::Listed& page = listed->at(0);
  EXPECT_EQ(ToProto(page.page, page.health, page.backfill).status(), v1::PAGE_STATUS_DORMANT);
  EXPECT_EQ(Polled(*replica).size(), 6u) << "nothing is said that could take an incident back";

  ServeStatuspage("openai", "2026-01-01T00:00:00Z");
  ASSERT_TRUE(replica->desk().PollNow("openai").ok());
  EXPECT_TRUE(Await([&] { return Told(*replica, "openai")->consecutive_failures() == 0; }))
      << "it came back";
}

TEST_F(ScraperTest, RetryAfterIsHonoured) {
  server_.Set("/a/list", {.status = 429, .retry_after = "600"});
  const absl::Time before = absl::Now();
  const auto replica = Start({Page("a", fake_, kOften)});
  ASSERT_TRUE(Await([&] { return Told(*replica, "a").has_value(); }));
  const v1::PageHealth health = *Told(*replica, "a");
  EXPECT_EQ(health.state(), v1::PAGE_HEALTH_STATE_RATE_LIMITED);
  EXPECT_GE(wire::FromProto(health.next_poll_at()), before + absl::Seconds(600));
  EXPECT_EQ(State(*replica, "a").next_poll_at, wire::FromProto(health.next_poll_at()));
  EXPECT_EQ(server_.Count("/a/list"), 1);
}

TEST_F(ScraperTest, APageThatHangsDelaysNoOther) {
  server_.Set("/slow/list", {.body = "slow", .content_type = "text/fake", .hang = true});
  server_.Set("/quick/list", {.body = "quick", .content_type = "text/fake"});
  const auto replica = Start({Page("slow", fake_, kOften), Page("quick", fake_, kOften)});
  EXPECT_TRUE(Await([&] { return server_.Count("/quick/list") >= 10; }));
  EXPECT_EQ(server_.Count("/slow/list"), 1);
  EXPECT_EQ(State(*replica, "slow").owner, "replica") << "still being polled";
  server_.Release();
  EXPECT_TRUE(Await([&] { return server_.Count("/slow/list") >= 2; }));
}

TEST_F(ScraperTest, AHostSeesNoMoreThanTwoRequestsAtOnce) {
  std::vector<WatchedPage> pages;
  for (int i = 0; i < 8; ++i) {
    const std::string id = fmt::format("p{}", i);
    server_.Set("/" + id + "/list", {.body = id, .content_type = "text/fake"});
    pages.push_back(Page(id, fake_, absl::Milliseconds(1)));
  }
  const auto replica = Start(pages);
  EXPECT_TRUE(Await([&] { return server_.Requests().size() >= 400; }));
  EXPECT_LE(server_.MostAtOnce(), 2);
  for (const WatchedPage& page : pages) {
    EXPECT_GT(server_.Count("/" + page.id + "/list"), 0) << page.id;
  }
}

TEST_F(ScraperTest, DocumentsThatLeadToOthersAreFollowed) {
  server_.Set("/a/list", {.body = "-> /one\n-> /two", .content_type = "text/fake"});
  server_.Set("/a/one", {.body = "-> /deep", .content_type = "text/fake"});
  server_.Set("/a/two", {.status = 503});
  server_.Set("/a/deep", {.body = "deep", .content_type = "text/fake"});
  const auto replica = Start({Page("a", fake_, kOften)});
  ASSERT_TRUE(Await([&] { return server_.Count("/a/two") >= 3; }));
  EXPECT_EQ(Bodies(Raw(*replica)),
            (std::multiset<std::string>{"-> /one\n-> /two", "-> /deep", "deep"}));
  server_.Set("/a/two", {.body = "at last", .content_type = "text/fake"});
  EXPECT_TRUE(Await([&] { return Stored(*replica) == 4; }));
  EXPECT_EQ(server_.Count("/a/deep"), 1);
}

TEST_F(ScraperTest, TwoReplicasShareThePagesAndNeverPollOneAtTheSameTime) {
  server_.Set("/a/list", {.body = "a", .content_type = "text/fake"});
  const std::vector<WatchedPage> pages = {Page("a", fake_, absl::Milliseconds(1))};
  const auto one = Start(pages, "one");
  const auto two = Start(pages, "two");
  std::set<std::string> owners;
  EXPECT_TRUE(Await([&] {
    owners.insert(State(*one, "a").owner);
    return server_.Count("/a/list") >= 300 && owners.contains("one") && owners.contains("two");
  }));
  EXPECT_EQ(server_.MostAtOnce(), 1);
  EXPECT_EQ(Raw(*one).size(), 1u);
}

TEST_F(ScraperTest, ADeadReplicasPageIsTakenOverAfterItsLease) {
  server_.Set("/a/list", {.body = "a", .content_type = "text/fake"});
  // Sets the buckets up, claims the page, and dies.
  Replica dead(nats_.url(), "dead", {});
  dead.Start();
  Claims claims(dead.store(), dead.clock(), "dead", absl::Seconds(2));
  const auto attempt = claims.Take("a");
  ASSERT_TRUE(attempt.ok() && attempt->claim);
  const absl::Time lease_until = State(dead, "a").lease_until;

  const auto heir = Start({Page("a", fake_, kRarely)}, "heir");
  ASSERT_TRUE(Await([&] { return Told(*heir, "a").has_value(); }));
  EXPECT_GE(wire::FromProto(Told(*heir, "a")->last_attempt_at()), lease_until);
  EXPECT_EQ(server_.Count("/a/list"), 1);
  EXPECT_EQ(attempt->claim->Finish({}).status().code(), absl::StatusCode::kAborted);
}

TEST_F(ScraperTest, PollNowReachesThePageThroughAnotherReplica) {
  server_.Set("/a/list", {.body = "a", .content_type = "text/fake"});
  const auto one = Start({Page("a", fake_, kRarely)}, "one");
  ASSERT_TRUE(Await([&] { return Told(*one, "a").has_value(); }));
  // Knows the page, but does not poll: only the bucket can carry the wish.
  Replica other(nats_.url(), "other", {Page("a", fake_, kRarely)});
  ASSERT_TRUE(Await([&] { return other.nats().Probe().ok(); }));
  ASSERT_TRUE(other.desk().PollNow("a").ok());
  EXPECT_TRUE(Await([&] { return server_.Count("/a/list") == 2; }));
  EXPECT_TRUE(Await([&] {
    return State(*one, "a").next_poll_at > absl::Now() + absl::Minutes(30);
  })) << "and then the schedule goes on";
}

TEST_F(ScraperTest, AKilledBusLosesNothingAndRepeatsNothing) {
  constexpr int kDocuments = 150;
  std::multiset<std::string> expected;
  std::string list;
  for (int i = 0; i < kDocuments; ++i) {
    const std::string body = fmt::format("document {}", i);
    server_.Set(fmt::format("/a/{}", i), {.body = body, .content_type = "text/fake"});
    list += fmt::format("-> /{}\n", i);
    expected.insert(body);
  }
  expected.insert(list);
  server_.Set("/a/list", {.body = list, .content_type = "text/fake"});
  // Both times the poll is in the middle, with nothing under way to the bus: the answer to what was
  // is lost with it, and such a document comes once more, when it is fetched again.
  const auto document_of = [](int i, bool hang) {
    return PageServer::Document{
        .body = fmt::format("document {}", i), .content_type = "text/fake", .hang = hang};
  };
  for (const int i : {20, 90}) server_.Set(fmt::format("/a/{}", i), document_of(i, true));
  const auto replica = Start({Page("a", fake_, kOften)});
  const int interrupted = Counted("a", "interrupted");
  // Once so shortly that publishing may outlive it, once so long that the poll gives up.
  ASSERT_TRUE(Await([&] { return server_.Count("/a/20") > 0; }));
  nats_.Kill();
  server_.Set("/a/20", document_of(20, false));
  nats_.Start();
  ASSERT_TRUE(Await([&] { return server_.Count("/a/90") > 0; }));
  nats_.Kill();
  server_.Set("/a/90", document_of(90, false));
  EXPECT_TRUE(Await([&] { return Counted("a", "interrupted") > interrupted; }));
  nats_.Start();
  ASSERT_TRUE(Await(
      [&] {
        const auto health = Told(*replica, "a");
        return health && health->state() == v1::PAGE_HEALTH_STATE_OK;
      },
      absl::Minutes(2)));
  EXPECT_EQ(Bodies(Raw(*replica)), expected);
}

TEST_F(ScraperTest, ABodyOverTheCapIsSaidSo) {
  server_.Set("/a/list", {.body = std::string((16 << 20) + 1, 'x'), .content_type = "text/fake"});
  const auto replica = Start({Page("a", fake_, kRarely)});
  ASSERT_TRUE(Await([&] { return Told(*replica, "a").has_value(); }));
  const v1::PageHealth health = *Told(*replica, "a");
  EXPECT_EQ(health.state(), v1::PAGE_HEALTH_STATE_WRONG_CONTENT);
  EXPECT_THAT(health.last_error(), HasSubstr("16777216"));
  EXPECT_EQ(Raw(*replica).size(), 0u);
}

}  // namespace
}  // namespace fails::scraper
