// SPDX-License-Identifier: Apache-2.0
#include "common/obs/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <thread>

#include "common/obs/json_text.h"

namespace fails::obs {
namespace {

constexpr char kTraceparent[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

// What `body` logs, as one parsed object; fails the test unless it is exactly one line.
template <class Body>
boost::json::object Logged(Body body) {
  ::testing::internal::CaptureStderr();
  body();
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(text.find('\n'), text.size() - 1) << text;
  return boost::json::parse(text).as_object();
}

TEST(LogTest, WritesOneJsonObjectALine) {
  const auto line = Logged([] {
    InitLog("scraper", "info");
    spdlog::warn("page {} is {}", "openai", 7);
  });
  EXPECT_EQ(line.at("level"), "warn");
  EXPECT_EQ(line.at("process"), "scraper");
  EXPECT_EQ(line.at("message"), "page openai is 7");
  EXPECT_THAT(std::string(line.at("time").as_string()),
              ::testing::MatchesRegex("20..-..-..T..:..:..\\....Z"));
  EXPECT_FALSE(line.contains("trace_id"));
}

TEST(LogTest, UntrustedTextStaysOneValidLine) {
  const auto line = Logged([] {
    InitLog("scraper", "info");
    spdlog::error("{}", std::string("a\nb\"c\\\x01 \x1b[31m \xff\xc3 caf\xc3\xa9"));
  });
  EXPECT_EQ(line.at("message"), "a\nb\"c\\\x01 \x1b[31m \xEF\xBF\xBD\xEF\xBF\xBD caf\xc3\xa9");
}

TEST(LogTest, LeavesOutWhatIsBelowTheLevel) {
  const auto line = Logged([] {
    InitLog("scraper", "error");
    spdlog::warn("no");
    spdlog::error("yes");
  });
  EXPECT_EQ(line.at("message"), "yes");
}

TEST(LogTest, CarriesTheTraceOfItsThreadOnly) {
  const TraceScope scope(kTraceparent);
  const auto mine = Logged([] {
    InitLog("scraper", "info");
    spdlog::info("mine");
  });
  EXPECT_EQ(mine.at("trace_id"), "0af7651916cd43dd8448eb211c80319c");
  const auto other = Logged([] {
    InitLog("scraper", "info");
    std::thread([] { spdlog::info("other"); }).join();
  });
  EXPECT_FALSE(other.contains("trace_id"));
}

TEST(TraceTest, ScopesNestAndRestore) {
  EXPECT_EQ(CurrentTraceparent(), "");
  {
    const TraceScope outer(kTraceparent);
    const std::string fresh = NewTraceparent();
    {
      const TraceScope inner(fresh);
      EXPECT_EQ(CurrentTraceparent(), fresh);
    }
    EXPECT_EQ(CurrentTraceparent(), kTraceparent);
  }
  EXPECT_EQ(CurrentTraceparent(), "");
}

TEST(TraceTest, MalformedTextIsNoTrace) {
  const TraceScope scope("00-zz\"},{\"level\":\"");
  EXPECT_EQ(CurrentTraceparent(), "");
}

TEST(TraceTest, FreshOnesAreValidAndDiffer) {
  EXPECT_TRUE(ValidTraceparent(NewTraceparent()));
  EXPECT_NE(NewTraceparent(), NewTraceparent());
}

TEST(TraceTest, TellsWellFormedFromMalformed) {
  const std::string good = kTraceparent;
  EXPECT_TRUE(ValidTraceparent(good));
  EXPECT_FALSE(ValidTraceparent(""));
  EXPECT_FALSE(ValidTraceparent(good + "0"));
  EXPECT_FALSE(ValidTraceparent("01" + good.substr(2)));
  EXPECT_FALSE(ValidTraceparent("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"));
  EXPECT_FALSE(ValidTraceparent("00-00000000000000000000000000000000-b7ad6b7169203331-01"));
  EXPECT_FALSE(ValidTraceparent("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"));
  EXPECT_FALSE(ValidTraceparent("00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
}

TEST(EscapeJsonTest, EscapesControlsAndDel) {
  EXPECT_EQ(EscapeJson("\t\r\n\x1f\x7f/"), "\\t\\r\\n\\u001f\\u007f/");
}

}  // namespace
}  // namespace fails::obs
