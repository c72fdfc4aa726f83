// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/validator_book.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fails::scraper {
namespace {

Validators Known(std::string parent) {
  return {"\"e\"", "then", "sha", std::move(parent)};
}

// list -> incident -> detail, and other
ValidatorBook Book() {
  return ValidatorBook(SharedValidators({{"list", Known("")},
                                         {"incident", Known("list")},
                                         {"detail", Known("incident")},
                                         {"other", Known("")}}));
}

std::set<std::string> Urls(ValidatorBook book) {
  std::set<std::string> urls;
  const SharedValidators kept = std::move(book).Take();
  for (const auto& [url, validators] : *kept) urls.insert(url);
  return urls;
}

TEST(ValidatorBookTest, ForgetsWhatIsNoLongerAskedForWithAllBelow) {
  ValidatorBook book = Book();
  book.KeepRoots({"other"});
  EXPECT_EQ(Urls(book), (std::set<std::string>{"other"}));
}

TEST(ValidatorBookTest, ForgetsFollowUpsThatADocumentNoLongerHas) {
  ValidatorBook book = Book();
  book.KeepChildren("list", {"newer"});
  EXPECT_EQ(Urls(book), (std::set<std::string>{"list", "other"}));
}

TEST(ValidatorBookTest, AMissingFollowUpMakesAllAboveItAskedForUnconditionally) {
  ValidatorBook book = Book();
  book.Incomplete("detail", "incident");
  EXPECT_EQ(book.Find("detail"), nullptr);
  for (const char* above : {"incident", "list"}) {
    ASSERT_NE(book.Find(above), nullptr) << above;
    EXPECT_EQ(book.Find(above)->etag, "") << above;
    EXPECT_EQ(book.Find(above)->last_modified, "") << above;
    EXPECT_EQ(book.Find(above)->body_sha256, "sha") << above;
  }
  EXPECT_EQ(book.Find("other")->etag, "\"e\"");
}

TEST(ValidatorBookTest, AFirstRequestThatFailsKeepsItsValidators) {
  ValidatorBook book = Book();
  book.Incomplete("list", "");
  EXPECT_EQ(book.Find("list")->etag, "\"e\"");
}

TEST(ValidatorBookTest, AFollowUpThatIsGoneIsKnownSoThatItIsNotAskedForAgain) {
  ValidatorBook book = Book();
  book.Gone("vanished", "list");
  ASSERT_NE(book.Find("vanished"), nullptr);
  EXPECT_EQ(book.Find("vanished")->etag, "");
  book.Gone("root", "");
  EXPECT_EQ(book.Find("root"), nullptr);
}

TEST(ValidatorBookTest, WhatHasNotChangedIsNotCopied) {
  const SharedValidators known({{"list", Known("")}});
  ValidatorBook same(known);
  same.KeepRoots({"list"});
  same.Defer("list", "", absl::InfinitePast());
  const SharedValidators kept = std::move(same).Take();
  EXPECT_EQ(&*kept, &*known);

  ValidatorBook other(known);
  other.Defer("list", "", absl::FromUnixSeconds(1));
  EXPECT_NE(std::move(other).Take(), known);
  EXPECT_EQ(known->at("list").not_before, absl::InfinitePast());
}

TEST(ValidatorBookTest, EntriesThatPointAtEachOtherDoNoHarm) {
  ValidatorBook book(SharedValidators({{"a", Known("b")}, {"b", Known("a")}}));
  book.Incomplete("c", "a");
  EXPECT_EQ(book.Find("a")->etag, "");
  book.KeepChildren("a", {});
  EXPECT_EQ(Urls(book), std::set<std::string>{});
}

}  // namespace
}  // namespace fails::scraper
