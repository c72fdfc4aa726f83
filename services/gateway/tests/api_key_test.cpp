// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/auth/api_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/gateway/http/gzip.h"

namespace fails::gateway {
namespace {

using ::testing::HasSubstr;

http::Headers With(const std::string& authorization) {
  http::Headers headers;
  headers.Add("authorization", authorization);
  return headers;
}

TEST(ApiKeyTest, LetsInWhoCarriesTheKey) {
  const ApiKey plain(" s3cret ");
  EXPECT_FALSE(plain.Check(With("Bearer s3cret")));
  EXPECT_FALSE(plain.Check(With("bearer   s3cret "))) << "schemes know no case";
}

TEST(ApiKeyTest, TurnsAwayEverybodyElseWithAChallenge) {
  const ApiKey key("s3cret");
  for (const char* authorization :
       {"", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "Bearer S3CRET", "s3cret",
        "Basic s3cret", "Bearer s3cret, Bearer s3cret"}) {
    const auto problem = key.Check(With(authorization));
    ASSERT_TRUE(problem) << authorization;
    EXPECT_EQ(problem->status, 401) << authorization;
    EXPECT_EQ(problem->headers.Get("WWW-Authenticate"), kChallenge) << authorization;
  }
  EXPECT_EQ(key.Check({})->status, 401);
  http::Headers twice = With("Bearer s3cret");
  twice.Add("Authorization", "Bearer s3cret");
  EXPECT_EQ(key.Check(twice)->status, 401);
}

TEST(ApiKeyTest, WithoutAKeyNobodyIsLetIn) {
  for (const char* none : {"", " "}) {
    const auto problem = ApiKey(none).Check(With("Bearer "));
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->status, 403);
    EXPECT_THAT(problem->detail, HasSubstr("FAILS_ADMIN_KEY"));
  }
}

TEST(GunzipTest, GivesBackWhatWasPacked) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i);
  for (const std::string& each : {std::string(), std::string("a"), text}) {
    const auto again = http::Gunzip(http::Gzip(each, http::GzipLevel::kFast), 2 << 20);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(*again, each);
  }
}

TEST(GunzipTest, RefusesBombsAndBrokenBytes) {
  const std::string bomb = http::Gzip(std::string(10 << 20, '0'), http::GzipLevel::kBest);
  EXPECT_EQ(http::Gunzip(bomb, 1 << 20).status().code(), absl::StatusCode::kResourceExhausted);
  const std::string packed = http::Gzip("some text", http::GzipLevel::kFast);
  for (const std::string& bad : {std::string("plain"), std::string(), packed.substr(0, 12),
                                 packed.substr(0, packed.size() - 1), packed + "x"}) {
    EXPECT_EQ(http::Gunzip(bad, 1 << 20).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace fails::gateway
