// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/agenda.h"

#include <gtest/gtest.h>

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
