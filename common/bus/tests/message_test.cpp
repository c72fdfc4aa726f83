// SPDX-License-Identifier: Apache-2.0
#include "common/bus/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/bus/key_value_names.h"
#include "common/obs/log.h"

namespace fails::bus {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class MessageTest : public ::testing::Test {
 protected:
  // Elsewhere the connection has done this.
  static void SetUpTestSuite() { ASSERT_EQ(nats_Open(-1), NATS_OK); }
};

constexpr char kTrace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST_F(MessageTest, CarriesPayloadAndHeaders) {
  const std::string payload("a\0b", 3);
  const auto message =
      ToNats({.subject = "s", .payload = payload, .headers = {{"A", "1"}, {"A", "2"}, {"B", "3"}}});
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(PayloadOf(message->get()), payload);
  EXPECT_EQ(HeaderOf(message->get(), "B"), "3");
  EXPECT_EQ(HeaderOf(message->get(), "C"), "");
  EXPECT_THAT(HeadersOf(message->get()),
              UnorderedElementsAre(Pair("A", "1"), Pair("A", "2"), Pair("B", "3")));
}

TEST_F(MessageTest, AHeaderCannotSmuggleInAnother) {
  const auto message = ToNats({.subject = "s", .headers = {{"A", "x\r\nB: y\tz"}}});
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_THAT(HeadersOf(message->get()), UnorderedElementsAre(Pair("A", "x  B: y z")));
}

TEST_F(MessageTest, TheTraceOfTheThreadUnlessItBringsItsOwn) {
  const obs::TraceScope scope(kTrace);
  const auto mine = ToNats({.subject = "s"});
  EXPECT_EQ(HeaderOf(mine->get(), kTraceparentHeader), kTrace);
  const auto other = ToNats({.subject = "s", .headers = {{kTraceparentHeader, "other"}}});
  EXPECT_THAT(HeadersOf(other->get()), UnorderedElementsAre(Pair(kTraceparentHeader, "other")));
}

TEST_F(MessageTest, WithoutASubjectItIsRefused) {
  EXPECT_EQ(ToNats({.subject = ""}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(KeyNamesTest, KeysAreWhatABucketTakes) {
  for (const char* key : {"a", "openai", "a.b", "a/b=c_D-9"}) EXPECT_TRUE(IsKey(key)) << key;
  for (const char* key : {"", "a b", ".a", "a.", "a..b", "a*", ">", "ä", "a\nb"}) {
    EXPECT_FALSE(IsKey(key)) << key;
  }
}

}  // namespace
}  // namespace fails::bus
