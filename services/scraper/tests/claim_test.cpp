// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/claim.h"

#include <gtest/gtest.h>

#include "common/testing/await.h"
#include "common/testing/fake_clock.h"
#include "services/scraper/app/lease_keeper.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

constexpr absl::Duration kLease = absl::Seconds(15);

class ClaimTest : public ::testing::Test {
 protected:
  std::unique_ptr<Claim> Take(Claims& claims) {
    auto attempt = claims.Take("openai");
    EXPECT_TRUE(attempt.ok()) << attempt.status();
    return attempt.ok() ? std::move(attempt->claim) : nullptr;
  }
  PageState DueIn(absl::Duration delay) {
    PageState state;
    state.next_poll_at = clock_.Now() + delay;
    return state;
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  MemoryStateStore store_;
  Claims a_{store_, clock_, "replica-a", kLease};
  Claims b_{store_, clock_, "replica-b", kLease};
};

TEST_F(ClaimTest, AnUntouchedPageIsDueAndClaimedByOne) {
  const auto claim = Take(a_);
  ASSERT_NE(claim, nullptr);
  EXPECT_EQ(store_.State("openai").owner, "replica-a");
  EXPECT_EQ(store_.State("openai").lease_until, clock_.Now() + kLease);
  const auto other = b_.Take("openai");
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(other->claim, nullptr);
  EXPECT_EQ(other->due, clock_.Now() + kLease);
}

TEST_F(ClaimTest, AFinishedPageIsFreeForEverybodyWhenItIsDueAgain) {
  const auto claim = Take(a_);
  ASSERT_TRUE(claim->Finish(DueIn(absl::Minutes(1))).ok());
  EXPECT_EQ(store_.State("openai").owner, "");
  const auto early = b_.Take("openai");
  ASSERT_TRUE(early.ok());
  EXPECT_EQ(early->claim, nullptr);
  EXPECT_EQ(early->due, clock_.Now() + absl::Minutes(1));
  clock_.Advance(absl::Minutes(1));
  EXPECT_NE(Take(b_), nullptr);
}

TEST_F(ClaimTest, ADeadReplicasPageIsTakenOverWhenItsLeaseRunsOut) {
  const auto dead = Take(a_);
  clock_.Advance(kLease - absl::Seconds(1));
  EXPECT_EQ(Take(b_), nullptr);
  clock_.Advance(absl::Seconds(1));
  EXPECT_TRUE(dead->lost());
  const auto claim = Take(b_);
  ASSERT_NE(claim, nullptr);

  // It was not dead, only slow: it may no longer write.
  EXPECT_EQ(dead->Renew().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(dead->Finish(DueIn(absl::Hours(1))).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(store_.State("openai").owner, "replica-b");
  EXPECT_TRUE(claim->Finish(DueIn(absl::Minutes(1))).ok());
}

TEST_F(ClaimTest, ARenewedLeaseHolds) {
  const auto claim = Take(a_);
  for (int i = 0; i < 10; ++i) {
    clock_.Advance(kLease - absl::Seconds(1));
    ASSERT_TRUE(claim->Renew().ok());
    EXPECT_FALSE(claim->lost());
    EXPECT_EQ(Take(b_), nullptr);
  }
}

TEST_F(ClaimTest, AReplicaTakesItsOwnLeftoverAtOnce) {
  Take(a_).reset();  // could not write back
  EXPECT_NE(Take(a_), nullptr);
}

TEST_F(ClaimTest, ARequestMadeDuringThePollSurvivesItsEnd) {
  const auto claim = Take(a_);
  const auto entry = store_.Get("openai");
  PageState requested = (*entry)->state;
  requested.next_poll_at = clock_.Now() + absl::Seconds(1);
  ASSERT_TRUE(store_.CompareAndSet("openai", requested, (*entry)->revision).ok());
  ASSERT_TRUE(claim->Renew().ok()) << "a request is no take-over";

  const auto written = claim->Finish(DueIn(absl::Minutes(5)));
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(written->next_poll_at, clock_.Now() + absl::Seconds(1));
  EXPECT_EQ(written->health.next_poll_at, clock_.Now() + absl::Seconds(1));
  EXPECT_EQ(store_.State("openai"), *written);
}

TEST_F(ClaimTest, AnAbsentStoreIsUnavailableAndHealsByItself) {
  const auto claim = Take(a_);
  store_.SetAway(true);
  EXPECT_EQ(claim->Renew().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(claim->Finish(DueIn(absl::Minutes(1))).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(b_.Take("anthropic").status().code(), absl::StatusCode::kUnavailable);
  store_.SetAway(false);
  EXPECT_TRUE(claim->Finish(DueIn(absl::Minutes(1))).ok());
}

// A store whose first write arrives although its answer is lost.
class LossyStore final : public StateStore {
 public:
  explicit LossyStore(StateStore& inner) : inner_(inner) {}
  absl::StatusOr<std::optional<Entry>> Get(const std::string& page) override {
    return inner_.Get(page);
  }
  absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page, const PageState& state,
                                              std::uint64_t expected) override {
    auto revision = inner_.CompareAndSet(page, state, expected);
    if (!std::exchange(lose_, false)) return revision;
    return absl::UnavailableError("the answer was lost");
  }
  absl::Status PublishHealth(const std::string&, const Health&,
                             const std::optional<BackfillProgress>&) override {
    return absl::OkStatus();
  }
  void LoseNext() { lose_ = true; }

 private:
  StateStore& inner_;
  bool lose_ = false;
};

TEST_F(ClaimTest, AWriteWhoseAnswerWasLostCountsWhenItIsRepeated) {
  LossyStore lossy(store_);
  Claims claims(lossy, clock_, "replica-c", kLease);
  const auto claim = Take(claims);
  lossy.LoseNext();
  const PageState after = DueIn(absl::Minutes(1));
  EXPECT_FALSE(claim->Finish(after).ok());
  EXPECT_TRUE(claim->Finish(after).ok());
  EXPECT_EQ(store_.State("openai").next_poll_at, after.next_poll_at);
}

TEST_F(ClaimTest, TheKeeperRenewsWhatItGuards) {
  LeaseKeeper keeper(absl::Milliseconds(5));
  const auto claim = Take(a_);
  {
    const LeaseKeeper::Guard guard(keeper, *claim);
    clock_.Advance(kLease / 2);
    const absl::Time renewed = clock_.Now() + kLease;
    EXPECT_TRUE(testing::Await([&] { return store_.State("openai").lease_until == renewed; }));
  }
  EXPECT_TRUE(claim->Finish(DueIn(absl::Minutes(1))).ok());
}

}  // namespace
}  // namespace fails::scraper
