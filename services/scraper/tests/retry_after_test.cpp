// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/retry_after.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "common/base/time.h"

namespace fails::scraper {
namespace {

struct Case {
  std::string name;
  std::string header;
  std::optional<absl::Duration> expected;
};

class RetryAfterTest : public ::testing::TestWithParam<Case> {};

TEST_P(RetryAfterTest, IsReadFromNowOn) {
  const absl::Time now = *ParseTime("1994-11-06T08:48:37Z");
  EXPECT_EQ(ParseRetryAfter(GetParam().header, now), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Headers, RetryAfterTest,
    ::testing::Values(Case{"Seconds", "120", absl::Seconds(120)},
                      Case{"Zero", "0", absl::ZeroDuration()},
                      Case{"SecondsInSpaces", "  7 ", absl::Seconds(7)},
                      Case{"MoreThanADay", "9999999", absl::Hours(24)},
                      Case{"MoreThanFits", "99999999999999999999999", absl::Hours(24)},
                      Case{"ImfFixdate", "Sun, 06 Nov 1994 08:49:37 GMT", absl::Minutes(1)},
                      Case{"Rfc850", "Sunday, 06-Nov-94 08:49:37 GMT", absl::Minutes(1)},
                      Case{"Asctime", "Sun Nov  6 08:49:37 1994", absl::Minutes(1)},
                      Case{"DateInThePast", "Sun, 06 Nov 1994 08:00:00 GMT", absl::ZeroDuration()},
                      Case{"DateFarAhead", "Sun, 06 Nov 2044 08:00:00 GMT", absl::Hours(24)},
                      Case{"Empty", "", std::nullopt}, Case{"Blank", "  ", std::nullopt},
                      Case{"Negative", "-5", std::nullopt}, Case{"Fraction", "1.5", std::nullopt},
                      Case{"Word", "soon", std::nullopt}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace fails::scraper
