// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/agenda.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>

namespace fails::scraper {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'000'000);
constexpr absl::Duration kSecond = absl::Seconds(1);

TEST(AgendaTest, StartsWhatIsDueLongestFirst) {
  Agenda agenda(10, 10);
  agenda.Add("a", "host-a", kNow - kSecond);
  agenda.Add("b", "host-b", kNow - 2 * kSecond);
  agenda.Add("c", "host-c", kNow + kSecond);
  EXPECT_EQ(agenda.Start(kNow), "b");
  EXPECT_EQ(agenda.Start(kNow), "a");
  EXPECT_EQ(agenda.Start(kNow), std::nullopt);
  EXPECT_EQ(agenda.NextStart(), kNow + kSecond);
}

TEST(AgendaTest, ARunningPageDoesNotStartAgain) {
  Agenda agenda(10, 10);
  agenda.Add("a", "host", kNow);
  EXPECT_EQ(agenda.Start(kNow), "a");
  EXPECT_TRUE(agenda.IsRunning("a"));
  EXPECT_EQ(agenda.Start(kNow + kSecond), std::nullopt);
  EXPECT_EQ(agenda.NextStart(), std::nullopt);
  agenda.Finish("a", kNow + 60 * kSecond);
  EXPECT_FALSE(agenda.IsRunning("a"));
  EXPECT_EQ(agenda.NextStart(), kNow + 60 * kSecond);
}

TEST(AgendaTest, NoMoreThanMaxRunAtOnce) {
  Agenda agenda(2, 10);
  for (const char* page : {"a", "b", "c"}) agenda.Add(page, page, kNow);
  EXPECT_EQ(agenda.Start(kNow), "a");
  EXPECT_EQ(agenda.Start(kNow), "b");
  EXPECT_EQ(agenda.Start(kNow), std::nullopt);
  EXPECT_EQ(agenda.NextStart(), std::nullopt);
  agenda.Finish("a", kNow + kSecond);
  EXPECT_EQ(agenda.Start(kNow), "c");
  EXPECT_EQ(agenda.running(), 2);
}

TEST(AgendaTest, AFullHostHoldsUpOnlyItsOwnPages) {
  Agenda agenda(10, 2);
  for (const char* page : {"a", "b", "c"}) agenda.Add(page, "shared", kNow - kSecond);
  agenda.Add("d", "other", kNow);
  EXPECT_EQ(agenda.Start(kNow), "a");
  EXPECT_EQ(agenda.Start(kNow), "b");
  EXPECT_EQ(agenda.Start(kNow), "d");
  EXPECT_EQ(agenda.Start(kNow), std::nullopt);
  agenda.Finish("b", kNow + kSecond);
  EXPECT_EQ(agenda.Start(kNow), "c");
}

TEST(AgendaTest, ARequestWhileThePageRunsIsKept) {
  Agenda agenda(10, 10);
  agenda.Add("a", "host", kNow);
  agenda.Start(kNow);
  agenda.SetDue("a", kNow);
  agenda.Finish("a", kNow + 60 * kSecond);
  EXPECT_EQ(agenda.Start(kNow), "a");
  agenda.Finish("a", kNow + 60 * kSecond);
  EXPECT_EQ(agenda.Start(kNow), std::nullopt) << "the request is used up";
}

TEST(AgendaTest, SetDueMovesAPageBothWaysAndIgnoresStrangers) {
  Agenda agenda(10, 10);
  agenda.Add("a", "host", kNow);
  agenda.SetDue("a", kNow + kSecond);
  EXPECT_EQ(agenda.Start(kNow), std::nullopt);
  agenda.SetDue("a", kNow - kSecond);
  agenda.SetDue("stranger", kNow - kSecond);
  EXPECT_EQ(agenda.Start(kNow), "a");
  EXPECT_EQ(agenda.Start(kNow), std::nullopt);
}

TEST(AgendaTest, AKnownPageKeepsItsHost) {
  Agenda agenda(10, 1);
  agenda.Add("a", "host", kNow + kSecond);
  agenda.Add("b", "host", kNow);
  agenda.Add("a", "other", kNow - kSecond);
  EXPECT_EQ(agenda.Start(kNow), "a");
  EXPECT_EQ(agenda.Start(kNow), std::nullopt) << "b waits for a, which runs on the same host";
}

// What an agenda gives is what looking through all of its pages would find.
TEST(AgendaTest, GivesWhatLookingThroughAllPagesFinds) {
  struct Page {
    int host;
    absl::Time due;
    bool running;
  };
  constexpr int kMaxRunning = 6, kMaxPerHost = 2;
  std::mt19937 random(7);
  const auto below = [&](int limit) { return static_cast<int>(random() % limit); };
  Agenda agenda(kMaxRunning, kMaxPerHost);
  std::map<std::string, Page> pages;
  for (int i = 0; i < 40; ++i) {
    const std::string page = "page-" + std::to_string(i);
    pages[page] = {i % 5, kNow + below(20) * kSecond, false};
    agenda.Add(page, std::to_string(i % 5), pages[page].due);
  }
  std::map<int, int> on_host;
  int running = 0, started = 0;
  for (int step = 0; step < 5000; ++step) {
    const absl::Time now = kNow + (step / 20) * kSecond;
    const std::string some = "page-" + std::to_string(below(40));
    Page& page = pages[some];
    const absl::Time due = now + (below(40) - 5) * kSecond;
    if (page.running) {
      agenda.Finish(some, due);
      page = {page.host, due, false};
      --running;
      --on_host[page.host];
    } else {
      agenda.SetDue(some, due);
      page.due = due;
    }
    const std::pair<const std::string, Page>* earliest = nullptr;
    for (const auto& candidate : pages) {
      if (candidate.second.running || on_host[candidate.second.host] >= kMaxPerHost) continue;
      if (!earliest || candidate.second.due < earliest->second.due) earliest = &candidate;
    }
    if (running >= kMaxRunning) earliest = nullptr;
    ASSERT_EQ(agenda.NextStart(), earliest ? std::optional(earliest->second.due) : std::nullopt);
    if (earliest && earliest->second.due > now) earliest = nullptr;
    const auto given = agenda.Start(now);
    ASSERT_EQ(given, earliest ? std::optional(earliest->first) : std::nullopt);
    if (!given) continue;
    pages[*given].running = true;
    ++running;
    ++on_host[pages[*given].host];
    ++started;
  }
  EXPECT_GT(started, 500);
}

TEST(HostOfTest, TakesTheAuthority) {
  EXPECT_EQ(HostOf("https://Status.OpenAI.com/api/v2"), "status.openai.com");
  EXPECT_EQ(HostOf("http://127.0.0.1:8081/status.openai.com"), "127.0.0.1:8081");
  EXPECT_EQ(HostOf("https://me:secret@example.com?x=a/b"), "example.com");
  EXPECT_EQ(HostOf("https://example.com"), "example.com");
  EXPECT_EQ(HostOf("example.com/x"), "");
  EXPECT_EQ(HostOf(""), "");
}

}  // namespace
}  // namespace fails::scraper
