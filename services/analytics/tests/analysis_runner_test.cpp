// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/analysis_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "common/testing/await.h"
#include "common/testing/fake_clock.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/tests/support/rows.h"
#include "services/analytics/tests/support/rows_in_memory.h"

namespace fails::analytics {
namespace {

using fails::testing::Await;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Never;
using testing::Resolved;

constexpr char kStart[] = "2024-03-01T12:00:00Z";

class AnalysisRunnerTest : public ::testing::Test {
 protected:
  void Start(std::vector<IncidentRow> rows) {
    source_ = std::make_unique<testing::RowsInMemory>(std::move(rows));
    keeper_ = std::make_unique<SnapshotKeeper>(*source_, testing::StudyNames(),
                                               SnapshotKeeper::Options{.idle = absl::Hours(1)});
    keeper_->Start();
    ASSERT_TRUE(Await([&] { return keeper_->Current() != nullptr; }));
    runner_ = std::make_unique<AnalysisRunner>(*keeper_, clock_);
  }

  fails::testing::FakeClock clock_{testing::At("2024-09-01T00:00:00Z")};
  std::unique_ptr<testing::RowsInMemory> source_;
  std::unique_ptr<SnapshotKeeper> keeper_;
  std::unique_ptr<AnalysisRunner> runner_;
};

TEST_F(AnalysisRunnerTest, ManyAtOnceAreTheSameAsOneByOne) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 30),
         Resolved("openai/b", {"openai/api", "openai/chatgpt"}, kStart, 90)});
  const auto all = runner_->RunMany({}, {}, Never);
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->size(), AllAnalyses().size());
  AnalysisRunner other(*keeper_, clock_);
  for (std::size_t i = 0; i < all->size(); ++i) {
    const std::string id(AllAnalyses()[i]->id());
    EXPECT_EQ((*all)[i]->id(), id);
    const auto alone = other.Run(id, {}, Never);
    ASSERT_TRUE(alone.ok()) << alone.status();
    EXPECT_EQ((*all)[i]->SerializeAsString().size(), (*alone)->SerializeAsString().size()) << id;
    EXPECT_EQ((*all)[i]->DebugString(), (*alone)->DebugString()) << id;
  }
}

TEST_F(AnalysisRunnerTest, ManyAtOnceFindCachedAnswers) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 30)});
  const auto first = runner_->RunMany({}, {}, Never);
  const auto second = runner_->RunMany({}, {}, Never);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(*first, *second) << "the very same objects";
}

TEST_F(AnalysisRunnerTest, WhatIsAskedForTwiceIsComputedOnce) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 30)});
  AnalysisRunner keeps_nothing(*keeper_, clock_, 0);
  const auto many = keeps_nothing.RunMany({"trend", "ttr-boxplot", "trend"}, {}, Never);
  ASSERT_TRUE(many.ok()) << many.status();
  ASSERT_EQ(many->size(), 3u);
  EXPECT_EQ((*many)[0]->id(), "trend");
  EXPECT_EQ((*many)[1]->id(), "ttr-boxplot");
  EXPECT_EQ((*many)[2], (*many)[0]) << "the very same object";
}

TEST_F(AnalysisRunnerTest, TheErrorOfOneIsTheAnswer) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 30)});
  EXPECT_TRUE(absl::IsNotFound(runner_->RunMany({"none"}, {}, Never).status()));
  const auto bad = runner_->RunMany({}, {.services = {"openai/none"}}, Never);
  EXPECT_TRUE(absl::IsInvalidArgument(bad.status()));
  EXPECT_THAT(std::string(bad.status().message()), HasSubstr("'openai/none'"));
}

TEST_F(AnalysisRunnerTest, WhatNobodyWaitsForStops) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 30)});
  const auto gone = [] { return true; };
  EXPECT_TRUE(absl::IsCancelled(runner_->RunMany({}, {}, gone).status()));
  EXPECT_TRUE(
      absl::IsCancelled(runner_->Cell("ttr-distribution", {}, "group:openai/api", gone).status()));
  EXPECT_TRUE(runner_->RunMany({}, {}, Never).ok()) << "for others it is computed all the same";
}

TEST_F(AnalysisRunnerTest, EqualQuestionsAtOnceShareAnswers) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 30)});
  std::vector<absl::StatusOr<std::vector<AnalysisRunner::Answer>>> answers(
      8, absl::UnknownError("not asked"));
  std::vector<std::thread> clients;
  for (auto& answer : answers) {
    clients.emplace_back([&] { answer = runner_->RunMany({}, {}, Never); });
  }
  for (std::thread& client : clients) client.join();
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(*answer, *answers[0]);
  }
}

TEST_F(AnalysisRunnerTest, ACellHasTheIncidentsBehindItsNumber) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 20),
         Resolved("openai/b", {"openai/chatgpt"}, kStart, 20),
         Resolved("openai/c", {"openai/api"}, kStart, 50)});
  const auto cell = runner_->Cell("ttr-distribution", {}, "group:openai/api;le:1800", Never);
  ASSERT_TRUE(cell.ok()) << cell.status();
  std::vector<std::string> ids;
  for (const auto row : cell->rows) ids.emplace_back(cell->snapshot->at(row).id());
  EXPECT_THAT(ids, ElementsAre("openai/a"));
  for (const char* bad : {"", "group", "group:none/x", "colour:red", "group:openai/api;le:many"}) {
    const auto refused = runner_->Cell("ttr-distribution", {}, bad, Never);
    EXPECT_TRUE(absl::IsInvalidArgument(refused.status())) << bad;
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr("cell: '")) << bad;
  }
  EXPECT_TRUE(absl::IsNotFound(runner_->Cell("none", {}, "group:openai/api", Never).status()));
}

TEST_F(AnalysisRunnerTest, AnSloGoesOnlyToThoseThatMeasureAgainstIt) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 20)});
  const auto refused = runner_->Run("ttr-distribution", {.slo = "99"}, Never);
  EXPECT_TRUE(absl::IsInvalidArgument(refused.status()));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("slo: '99' is given"));
  const auto one = runner_->Run("reliability-summary", {.slo = "99"}, Never);
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_EQ((*one)->query().slo(), 99);
  const auto other = runner_->Run("reliability-summary", {.slo = "99.5"}, Never);
  EXPECT_EQ((*other)->query().slo(), 99.5) << "not the cached answer to another question";

  const auto many = runner_->RunMany({}, {.slo = "99"}, Never);
  ASSERT_TRUE(many.ok()) << many.status();
  for (const auto& answer : *many) {
    EXPECT_EQ(answer->query().has_slo(), answer->id() == "reliability-summary") << answer->id();
  }
  const auto none_takes_it = runner_->RunMany({"trend", "ttr-boxplot"}, {.slo = "99"}, Never);
  EXPECT_TRUE(absl::IsInvalidArgument(none_takes_it.status()));
}

TEST_F(AnalysisRunnerTest, TheHealthOfSourcesIsThatOfTheMoment) {
  Start({Resolved("openai/a", {"openai/api"}, kStart, 20)});
  std::atomic<std::int64_t> stale = 1;
  std::atomic<int> asked = 0;
  AnalysisRunner runner(*keeper_, clock_, 64 << 20, [&](const Names& names) {
    ++asked;
    std::vector<SourceCount> counts(names.provider_count());
    counts[*names.Find(ProviderId("openai"))] = {.sources = 2, .stale = stale};
    return counts;
  });
  const QueryText text = {.now = "2024-09-01T00:00:00Z"};
  const auto stale_now = [&] {
    return runner.Run("data-quality", text, Never).value()->quality().groups(0).sources_stale();
  };
  EXPECT_EQ(stale_now(), 1);
  stale = 2;
  EXPECT_EQ(stale_now(), 2) << "the cached answer speaks of another health";
  const int before = asked;
  EXPECT_TRUE(runner.Run("trend", text, Never).ok());
  EXPECT_EQ(asked, before) << "nobody else wants to know";
  EXPECT_EQ(runner_->Run("data-quality", text, Never).value()->quality().groups(0).sources(), 0);
}

TEST(Demands, KeysDifferWhereTheyDo) {
  EXPECT_EQ(Demands{}.Key(), Demands{}.Key());
  EXPECT_NE(Demands{.service = true}.Key(), Demands{}.Key());
  EXPECT_NE(Demands{.service = true}.Key(), Demands{.resolved = true}.Key());
}

}  // namespace
}  // namespace fails::analytics
