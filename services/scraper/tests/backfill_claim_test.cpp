// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/backfill_claim.h"

#include <gtest/gtest.h>

#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

constexpr absl::Duration kLease = absl::Seconds(15);

// Stores the next write and tells that it failed.
class ForgetfulStore final : public BackfillStore {
 public:
  explicit ForgetfulStore(BackfillStore& inner) : inner_(inner) {}

  absl::StatusOr<std::optional<Entry>> Get(const std::string& page) override {
    return inner_.Get(page);
  }
  absl::StatusOr<std::uint64_t> CompareAndSet(const std::string& page, const BackfillState& state,
                                              std::uint64_t expected) override {
    auto written = inner_.CompareAndSet(page, state, expected);
    if (!lose_) return written;
    lose_ = false;
    return absl::UnavailableError("the answer is lost");
  }
  void LoseNext() { lose_ = true; }

 private:
  BackfillStore& inner_;
  bool lose_ = false;
};

class BackfillClaimTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<BackfillClaim>> Take(const BackfillClaim::Holder& holder) {
    auto entry = store_.Get("openai").value().value_or(BackfillStore::Entry{});
    return BackfillClaim::Take(holder, "openai", std::move(entry));
  }
  static BackfillState After(const BackfillClaim& claim) {
    BackfillState after = claim.claimed();
    after.owner.clear();
    after.lease_until = absl::InfinitePast();
    after.progress.documents = 7;
    return after;
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  MemoryBackfillStore store_;
  ForgetfulStore forgetful_{store_};
  const BackfillClaim::Holder a_{store_, clock_, "a", kLease};
  const BackfillClaim::Holder b_{store_, clock_, "b", kLease};
  const BackfillClaim::Holder c_{forgetful_, clock_, "c", kLease};
};

TEST_F(BackfillClaimTest, IsWrittenWithItsOwnerAndEnd) {
  const auto claim = Take(a_);
  ASSERT_TRUE(claim.ok()) << claim.status();
  EXPECT_EQ(store_.State("openai").owner, "a");
  EXPECT_EQ(store_.State("openai").lease_until, clock_.Now() + kLease);
  EXPECT_TRUE((*claim)->Finish(After(**claim)).ok());
  EXPECT_EQ(store_.State("openai"), After(**claim));
}

TEST_F(BackfillClaimTest, OneOfTwoGetsIt) {
  const auto entry = BackfillStore::Entry{};
  EXPECT_TRUE(BackfillClaim::Take(a_, "openai", entry).ok());
  EXPECT_TRUE(absl::IsAborted(BackfillClaim::Take(b_, "openai", entry).status()));
}

TEST_F(BackfillClaimTest, RenewingProlongsItAndTheEndCanStillBeWritten) {
  const auto claim = Take(a_);
  clock_.Advance(kLease / 2);
  EXPECT_TRUE((*claim)->Renew().ok());
  EXPECT_EQ(store_.State("openai").lease_until, clock_.Now() + kLease);
  EXPECT_TRUE((*claim)->Finish(After(**claim)).ok());
  EXPECT_TRUE((*claim)->Renew().ok()) << "nothing to do any more";
  EXPECT_EQ(store_.State("openai"), After(**claim));
}

TEST_F(BackfillClaimTest, WhoeverWasTakenOverWritesNothing) {
  const auto old = Take(a_);
  const auto heir = Take(b_);
  ASSERT_TRUE(heir.ok());
  EXPECT_TRUE(absl::IsAborted((*old)->Renew()));
  EXPECT_TRUE(absl::IsAborted((*old)->Finish(After(**old))));
  EXPECT_EQ(store_.State("openai").owner, "b");
}

TEST_F(BackfillClaimTest, AnAnswerThatWasLostIsNoLoss) {
  const auto claim = Take(c_);
  forgetful_.LoseNext();
  EXPECT_TRUE(absl::IsUnavailable((*claim)->Renew()));
  EXPECT_TRUE((*claim)->Renew().ok());
  forgetful_.LoseNext();
  EXPECT_TRUE(absl::IsUnavailable((*claim)->Finish(After(**claim))));
  EXPECT_TRUE((*claim)->Finish(After(**claim)).ok());
  EXPECT_EQ(store_.State("openai"), After(**claim));
}

TEST_F(BackfillClaimTest, AStoreThatIsAwayIsSaid) {
  const auto claim = Take(a_);
  store_.SetAway(true);
  EXPECT_TRUE(absl::IsUnavailable((*claim)->Renew()));
  EXPECT_TRUE(absl::IsUnavailable((*claim)->Finish(After(**claim))));
  store_.SetAway(false);
  EXPECT_TRUE((*claim)->Finish(After(**claim)).ok());
}

}  // namespace
}  // namespace fails::scraper
