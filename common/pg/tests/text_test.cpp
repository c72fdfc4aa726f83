// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "common/pg/connect.h"
#include "common/pg/query.h"

namespace fails::pg {
namespace {

TEST(PgTextTest, TimesAreUtcWithMicroseconds) {
  const absl::Time time = absl::FromUnixMicros(1724868960123456);
  EXPECT_EQ(ToPg(time), "2024-08-28 18:16:00.123456+00");
  EXPECT_EQ(ToPg(time + absl::Nanoseconds(999)), "2024-08-28 18:16:00.123456+00") << "rounded down";
  EXPECT_EQ(ToPg(absl::UnixEpoch()), "1970-01-01 00:00:00.000000+00");
  EXPECT_EQ(ToPg(absl::InfiniteFuture()), "infinity");
  EXPECT_EQ(ToPg(absl::InfinitePast()), "-infinity");
  EXPECT_EQ(ToPg(std::optional<absl::Time>()), std::nullopt);
  EXPECT_EQ(ToPg(std::optional<absl::Time>(absl::UnixEpoch())), ToPg(absl::UnixEpoch()));
}

TEST(PgTextTest, ArraysAreQuoted) {
  EXPECT_EQ(ToPgArray({}), "{}");
  EXPECT_EQ(ToPgArray({"a", ""}), R"({"a",""})");
  EXPECT_EQ(ToPgArray({R"(b " \ c)", "NULL", "{}", "x,y"}), R"({"b \" \\ c","NULL","{}","x,y"})");
}

TEST(PgTextTest, UrlsGetTimeoutsUnlessTheyHaveTheirOwn) {
  EXPECT_EQ(WithTimeouts("postgresql://u@h/d"),
            "postgresql://u@h/d?connect_timeout=5&keepalives_idle=20&keepalives_interval=5"
            "&keepalives_count=3&tcp_user_timeout=40000");
  const std::string own = WithTimeouts("postgresql://u@h/d?connect_timeout=60");
  EXPECT_TRUE(own.starts_with("postgresql://u@h/d?connect_timeout=60&keepalives_idle=20")) << own;
  EXPECT_EQ(own.find("connect_timeout=5"), std::string::npos) << own;
}

}  // namespace
}  // namespace fails::pg
