// SPDX-License-Identifier: Apache-2.0
#include "common/http/headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fails::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(HeadersTest, KeepsFieldsInTheirOrderWithNamesInLowerCase) {
  Headers headers;
  headers.AddLine("Content-Type:  text/html; charset=utf-8 \r\n");
  headers.AddLine("X-Empty:\r\n");
  headers.AddLine("Via: 1.1 a:b\r\n");
  headers.AddLine("VIA: second\r\n");
  EXPECT_THAT(headers.All(),
              ElementsAre(Pair("content-type", "text/html; charset=utf-8"), Pair("x-empty", ""),
                          Pair("via", "1.1 a:b"), Pair("via", "second")));
  EXPECT_EQ(headers.Get("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(headers.Get("via"), "1.1 a:b") << "the first";
  EXPECT_EQ(headers.Get("x-empty"), "");
  EXPECT_EQ(headers.Get("etag"), "");
  EXPECT_EQ(headers.Get("type"), "") << "no part of a name";
  headers.Clear();
  EXPECT_THAT(headers.All(), IsEmpty());
}

TEST(HeadersTest, PassesOverWhatIsNoField) {
  Headers headers;
  headers.AddLine("\r\n");
  headers.AddLine("no field\r\n");
  headers.AddLine("one: 1\ntwo: 2\r\n");
  EXPECT_THAT(headers.All(), IsEmpty());
}

}  // namespace
}  // namespace fails::http
