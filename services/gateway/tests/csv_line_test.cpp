// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/csv_line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fails::gateway {
namespace {

TEST(CsvLine, QuotesTextAndSeparatesFields) {
  EXPECT_EQ(CsvLine().Text("a,b").Number(-5).Plain("").Text("").Plain("true").Take(),
            "\"a,b\",-5,,\"\",true\r\n");
  EXPECT_EQ(CsvLine().Text("say \"no\"\nplease").Take(), "\"say \"\"no\"\"\nplease\"\r\n");
}

TEST(CsvLine, WhatASpreadsheetWouldRunIsMadeText) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"}) {
    EXPECT_EQ(CsvLine().Text(text).Take(), "\"'" + text + "\"\r\n");
  }
  EXPECT_EQ(CsvLine().Text("a=1").Take(), "\"a=1\"\r\n");
  EXPECT_EQ(CsvLine().List(std::vector<std::string>{"=a", "b"}).Take(), "\"'=a;b\"\r\n");
}

TEST(CsvLine, RepairsWhatIsNotUtf8) {
  EXPECT_EQ(CsvLine().Text("a\xff").Take(), "\"a\xef\xbf\xbd\"\r\n");
}

TEST(CsvLine, JoinsListsAndBeginsAnew) {
  CsvLine line;
  EXPECT_EQ(line.List(std::vector<std::string>{"a/b", "a/c"}).Take(), "\"a/b;a/c\"\r\n");
  EXPECT_EQ(line.List(std::vector<std::string>{}).Take(), "\"\"\r\n");
}

}  // namespace
}  // namespace fails::gateway
