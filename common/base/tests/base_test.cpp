// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "common/base/hash.h"
#include "common/base/strong_id.h"
#include "common/base/time.h"
#include "common/base/utf8.h"

namespace fails {
namespace {

TEST(TimeTest, ReadsOffsetsFractionsAndZulu) {
  const absl::Time expected = absl::FromUnixSeconds(1724868960);
  for (const char* text : {"2024-08-28T18:16:00Z", "2024-08-28T11:16:00.000-07:00",
                           "2024-08-28T18:16:00+00:00", "2024-08-28T20:16:00.000000+02:00"}) {
    const auto time = ParseTime(text);
    ASSERT_TRUE(time.ok()) << time.status();
    EXPECT_EQ(*time, expected) << text;
  }
}

TEST(TimeTest, RefusesWhatIsNoTimeAndQuotesIt) {
  for (const char* text : {"", "yesterday", "2024-13-01T00:00:00Z", "2024-08-28", "infinite-future",
                           "2024-08-28T18:16:00", " 2024-08-28T18:16:00Z", "999-08-28T18:16:00Z",
                           "12024-08-28T18:16:00Z", "-001-08-28T18:16:00Z",
                           "0000-01-01T00:59:59+01:00", "9999-12-31T23:00:00-01:00"}) {
    const auto time = ParseTime(text);
    ASSERT_FALSE(time.ok()) << text;
    EXPECT_EQ(time.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(time.status().message().find(text), absl::string_view::npos);
  }
}

TEST(TimeTest, FormatsAndTruncates) {
  const absl::Time time = absl::FromUnixMillis(1724868960250);
  EXPECT_EQ(ToRfc3339(time), "2024-08-28T18:16:00.25Z");
  EXPECT_EQ(ToRfc3339(TruncateToSeconds(time)), "2024-08-28T18:16:00Z");
}

TEST(TimeTest, AYearHasFourDigits) {
  for (const char* text : {"0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0999-12-31T23:59:59.5Z",
                           "9999-12-31T23:59:59Z"}) {
    const auto time = ParseTime(text);
    ASSERT_TRUE(time.ok()) << time.status();
    EXPECT_EQ(ToRfc3339(*time), text);
  }
}

TEST(TimeTest, LoadsZonesByIanaNameOnly) {
  EXPECT_TRUE(LoadZone("America/Los_Angeles").ok());
  EXPECT_TRUE(LoadZone("UTC").ok());
  for (const char* name : {"", "Mars/Olympus", "../../etc/passwd", "/etc/localtime"}) {
    EXPECT_FALSE(LoadZone(name).ok()) << name;
  }
}

TEST(HashTest, Sha256OfTheEmptyText) {
  EXPECT_EQ(ToHex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Utf8Test, LeavesValidTextAloneAndRepairsTheRest) {
  EXPECT_EQ(RepairUtf8("DALL·E 模型 🚀"), "DALL·E 模型 🚀");
  EXPECT_EQ(RepairUtf8("a\xFF"
                       "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(RepairUtf8(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(RepairUtf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // overlong
  EXPECT_EQ(RepairUtf8("\xED\xA0\x80").find("\xED"), std::string::npos);  // surrogate
  EXPECT_EQ(RepairUtf8("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");          // cut short
}

TEST(StrongIdTest, ComparesWithItsOwnKind) {
  using A = StrongId<struct ATag>;
  EXPECT_EQ(A("x"), A("x"));
  EXPECT_LT(A("a"), A("b"));
  EXPECT_TRUE(A().empty());
}

}  // namespace
}  // namespace fails
