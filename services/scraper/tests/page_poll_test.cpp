// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/app/page_poll.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/hash.h"
#include "common/testing/fake_clock.h"
#include "services/scraper/tests/fakes.h"

namespace fails::scraper {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kBase[] = "https://status.example.com";

std::string Url(const std::string& path) {
  return kBase + path;
}

class PagePollTest : public ::testing::Test {
 protected:
  // Polls with the validators of the last poll, as the next poll of the page would.
  const PollReport& Poll(const FakePlatform& platform, PollOptions options = {}) {
    report_ = poll_.Run({"page", kBase, platform}, validators_, options, cut_);
    validators_ = report_.validators;
    return report_;
  }
  std::vector<std::string> Words() const {
    std::vector<std::string> words;
    for (const DocumentOutcome& document : report_.outcome.documents) {
      words.push_back(document.kind + " " + std::string(ToString(document.answer.kind)));
    }
    return words;
  }

  testing::FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  FakeSite site_;
  RecordingSink sink_;
  Fetch fetch_ = site_.AsFetch();
  std::vector<std::size_t> runs_;  // the answers of each request that was made ahead
  PagePoll poll_{clock_, fetch_, sink_,
                 [this](const std::vector<FetchRequest>& requests, absl::Time last_start) {
                   RunAnswer run;
                   for (const FetchRequest& request : requests) {
                     auto answer = fetch_(request);
                     if (!answer.ok() || answer->status != 304) {
                       run.other = std::move(answer);
                       break;
                     }
                     ++run.unchanged;
                     if (clock_.Now() > last_start) break;
                   }
                   runs_.push_back(run.unchanged + (run.other ? 1 : 0));
                   return run;
                 }};
  std::function<absl::Status()> cut_ = [] { return absl::OkStatus(); };
  SharedValidators validators_;
  PollReport report_;
};

TEST_F(PagePollTest, AnUnchangedPageIsPublishedOnce) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "one"});
  EXPECT_EQ(Poll(platform).published, 1);
  EXPECT_EQ(Poll(platform).published, 0) << "equal bytes, told by their hash";
  site_.Set(Url("/list"), {.body = "two"});
  EXPECT_EQ(Poll(platform).published, 1);
  EXPECT_THAT(sink_.Bodies(), ElementsAre("one", "two"));
}

TEST_F(PagePollTest, APublishedDocumentSaysAllAboutItself) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "one", .redirect_to = "https://other.example.com/list"});
  Poll(platform);
  ASSERT_EQ(sink_.published().size(), 1u);
  const Document document = sink_.published()[0];
  EXPECT_EQ(document.page, "page");
  EXPECT_EQ(document.platform, "fake");
  EXPECT_EQ(document.url, "https://other.example.com/list");
  EXPECT_EQ(document.kind, "list");
  EXPECT_EQ(document.fetched_at, clock_.Now());
  EXPECT_EQ(document.http_status, 200);
  EXPECT_EQ(document.content_type, "text/fake");
  EXPECT_EQ(document.body_sha256, Sha256("one"));
  EXPECT_EQ(document.purpose, DocumentPurpose::kPoll);
  EXPECT_EQ(report_.outcome.documents[0].redirected_to, "other.example.com");
}

TEST_F(PagePollTest, AReturnToAnEarlierBodyIsAChange) {
  const FakePlatform platform;
  for (const char* body : {"one", "two", "one"}) {
    site_.Set(Url("/list"), {.body = body});
    Poll(platform);
  }
  const auto published = sink_.published();
  ASSERT_EQ(published.size(), 3u);
  EXPECT_EQ(published[0].body, published[2].body);
}

TEST_F(PagePollTest, AsksConditionallyAndTakes304AsUnchanged) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "one", .etag = "\"v1\""});
  Poll(platform);
  site_.Forget();
  Poll(platform);
  ASSERT_EQ(site_.Requests().size(), 1u);
  EXPECT_EQ(site_.Requests()[0].etag, "\"v1\"");
  EXPECT_EQ(site_.Requests()[0].accept, "text/fake");
  EXPECT_THAT(Words(), ElementsAre("list not_modified"));
  EXPECT_EQ(sink_.published().size(), 1u);
}

TEST_F(PagePollTest, AnUnchangedPageIsAskedForInOneRunWhichAChangeEnds) {
  const FakePlatform platform({"/a", "/b", "/c", "/d"});
  for (const char* path : {"/a", "/b", "/c", "/d"}) {
    site_.Set(Url(path), {.body = path, .etag = "\"1\""});
  }
  Poll(platform);
  EXPECT_THAT(runs_, IsEmpty()) << "nothing to ask by";
  site_.Forget();
  EXPECT_EQ(Poll(platform).published, 0);
  EXPECT_THAT(runs_, ElementsAre(4));
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/b"), Url("/c"), Url("/d")));
  EXPECT_EQ(Words(), std::vector<std::string>(
                         {"a not_modified", "b not_modified", "c not_modified", "d not_modified"}));

  site_.Set(Url("/b"), {.body = "new\n-> /b/1", .etag = "\"2\""});
  site_.Set(Url("/b/1"), {.body = "below", .etag = "\"1\""});
  site_.Forget();
  runs_.clear();
  EXPECT_EQ(Poll(platform).published, 2);
  EXPECT_THAT(runs_, ElementsAre(2, 2));
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/b"), Url("/c"), Url("/d"), Url("/b/1")));
}

TEST_F(PagePollTest, ARunEndsAtARateLimitAndAtTheMostDocuments) {
  const FakePlatform platform({"/a", "/b", "/c"});
  for (const char* path : {"/a", "/b", "/c"}) {
    site_.Set(Url(path), {.body = path, .etag = "\"1\""});
  }
  Poll(platform);
  site_.Forget();
  PollOptions two;
  two.max_documents = 2;
  Poll(platform, two);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/b")));
  site_.Forget();
  Poll(platform);
  site_.Set(Url("/b"), {.status = 429});
  site_.Forget();
  Poll(platform);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/b")));
}

TEST_F(PagePollTest, OneBadDocumentDoesNotLoseTheOthers) {
  const FakePlatform platform({"/a", "/b", "/c", "/d"});
  site_.Set(Url("/a"), {.body = "<html>", .content_type = "text/html"});
  site_.Set(Url("/b"), {.error = absl::UnavailableError("connection reset")});
  site_.Set(Url("/c"), {.body = "good"});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("a wrong_content", "b unreachable", "c ok", "d gone"));
  EXPECT_THAT(sink_.Bodies(), ElementsAre("good"));
  EXPECT_EQ(report_.outcome.documents[0].answer.words, "'text/html' instead of text/fake");
}

TEST_F(PagePollTest, WrongContentInBetweenPublishesNothingAndForgetsNothing) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "one", .etag = "\"v1\""});
  Poll(platform);
  site_.Set(Url("/list"), {.body = "<html>", .content_type = "text/html"});
  Poll(platform);
  site_.Set(Url("/list"), {.body = "one", .etag = "\"v1\""});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list not_modified"));
  EXPECT_THAT(sink_.Bodies(), ElementsAre("one"));
}

TEST_F(PagePollTest, ARateLimitEndsThePollAndTellsHowLongToWait) {
  const FakePlatform platform({"/a", "/b", "/c"});
  site_.Set(Url("/a"), {.body = "good"});
  site_.Set(Url("/b"), {.status = 429, .retry_after = "120"});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("a ok", "b rate_limited"));
  EXPECT_EQ(report_.outcome.documents[1].retry_after, absl::Seconds(120));
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/b")));
}

TEST_F(PagePollTest, AnOpenCircuitIsProbedWithOneRequest) {
  const FakePlatform platform({"/a", "/b", "/c"});
  Poll(platform, {.probe_first = true});
  EXPECT_EQ(site_.Requests().size(), 1u);
  site_.Forget();
  site_.Set(Url("/a"), {.body = "good"});
  Poll(platform, {.probe_first = true});
  EXPECT_EQ(site_.Requests().size(), 3u);
}

TEST_F(PagePollTest, AfterFailuresAnotherDocumentComesFirst) {
  const FakePlatform platform({"/a", "/b", "/c"});
  Poll(platform, {.rotate = 4});
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/b"), Url("/c"), Url("/a")));
}

TEST_F(PagePollTest, ASlowPageIsLeftWhenItsTimeIsUp) {
  const FakePlatform platform({"/a", "/b", "/c"});
  const Fetch slow = [this](const FetchRequest&) -> absl::StatusOr<FetchResponse> {
    clock_.Advance(absl::Seconds(30));
    return absl::DeadlineExceededError("no answer in 15 s");
  };
  report_ = PagePoll(clock_, slow, sink_).Run({"page", kBase, platform}, {}, {}, cut_);
  EXPECT_THAT(Words(), ElementsAre("a unreachable", "b unreachable"));
}

TEST_F(PagePollTest, DocumentsLeadToOthersInAChain) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "-> /one\n-> /two\n"});
  site_.Set(Url("/one"), {.body = "-> /detail"});
  site_.Set(Url("/two"), {.body = "-> /list\n-> /one"});
  site_.Set(Url("/detail"), {.body = "deep"});
  Poll(platform);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/list"), Url("/one"), Url("/two"), Url("/detail")))
      << "each once, although they point at each other";
  EXPECT_EQ(report_.published, 4);
}

TEST_F(PagePollTest, AnUnchangedDocumentIsNotFollowedAgain) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "-> /one"});
  site_.Set(Url("/one"), {.body = "x"});
  Poll(platform);
  site_.Forget();
  Poll(platform);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/list")));
  site_.Set(Url("/list"), {.body = "-> /one\nchanged"});
  site_.Forget();
  Poll(platform);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/list"), Url("/one")));
}

TEST_F(PagePollTest, AFollowUpThatFailedIsAskedForAgainAlthoughItsParentHasNotChanged) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "-> /one\n-> /two", .etag = "\"v1\""});
  site_.Set(Url("/one"), {.body = "x", .etag = "\"x\""});
  site_.Set(Url("/two"), {.status = 503});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "one ok", "two unreachable"));

  site_.Set(Url("/two"), {.body = "y"});
  site_.Forget();
  Poll(platform);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/list"), Url("/two")));
  EXPECT_EQ(site_.Requests()[0].etag, "") << "a 304 could not be followed";
  EXPECT_EQ(report_.published, 1);

  site_.Forget();
  Poll(platform);
  EXPECT_EQ(site_.Requests()[0].etag, "\"v1\"");
  EXPECT_THAT(Words(), ElementsAre("list not_modified"));
}

TEST_F(PagePollTest, AFollowUpThatIsGoneIsNotAskedForOverAndOver) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "-> /gone", .etag = "\"v1\""});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "gone gone"));
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list not_modified"));
}

TEST_F(PagePollTest, ValidatorsOfWhatIsNoLongerAskedForAreDropped) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "-> /one"});
  site_.Set(Url("/one"), {.body = "x"});
  Poll(platform);
  EXPECT_EQ(validators_->count(Url("/one")), 1u);
  site_.Set(Url("/list"), {.body = "none any more"});
  Poll(platform);
  EXPECT_EQ(validators_->size(), 1u);
}

TEST_F(PagePollTest, WhatTheBusDidNotConfirmIsPublishedAgain) {
  const FakePlatform platform({"/a", "/b", "/c"});
  for (const char* path : {"/a", "/b", "/c"}) site_.Set(Url(path), {.body = path, .etag = path});
  sink_.answer = [](const Document& document) {
    return document.body == "/b" ? absl::UnavailableError("no bus") : absl::OkStatus();
  };
  Poll(platform);
  EXPECT_TRUE(report_.outcome.interrupted);
  EXPECT_EQ(report_.interruption.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/b")));

  sink_.answer = nullptr;
  Poll(platform);
  EXPECT_FALSE(report_.outcome.interrupted);
  EXPECT_THAT(Words(), ElementsAre("a not_modified", "b ok", "c ok"));
  EXPECT_THAT(sink_.Bodies(), ElementsAre("/a", "/b", "/c"));
}

TEST_F(PagePollTest, FollowUpsCutOffByTheBusAreFollowedNextTime) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "-> /one\n-> /two", .etag = "\"v1\""});
  site_.Set(Url("/one"), {.body = "1"});
  site_.Set(Url("/two"), {.body = "2"});
  sink_.answer = [](const Document& document) {
    return document.kind == "one" ? absl::UnavailableError("no bus") : absl::OkStatus();
  };
  Poll(platform);
  sink_.answer = nullptr;
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "one ok", "two ok"));
  EXPECT_EQ(sink_.published().size(), 3u) << "the list itself had been published";
}

TEST_F(PagePollTest, ADocumentThatNeverFitsIsThatDocumentsFailure) {
  const FakePlatform platform({"/a", "/b"});
  for (const char* path : {"/a", "/b"}) site_.Set(Url(path), {.body = path});
  sink_.answer = [](const Document& document) {
    return document.body == "/a" ? absl::InvalidArgumentError("too big") : absl::OkStatus();
  };
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("a wrong_content", "b ok"));
  EXPECT_EQ(report_.outcome.documents[0].answer.words, "too big");
}

TEST_F(PagePollTest, ACutEndsThePollAsInterrupted) {
  const FakePlatform platform({"/a", "/b"});
  for (const char* path : {"/a", "/b"}) site_.Set(Url(path), {.body = path});
  cut_ = [this] {
    return site_.Requests().empty() ? absl::OkStatus() : absl::CancelledError("shutting down");
  };
  Poll(platform);
  EXPECT_TRUE(report_.outcome.interrupted);
  EXPECT_THAT(sink_.Bodies(), ElementsAre("/a"));
}

TEST_F(PagePollTest, ACancelledFetchIsAnInterruptionToo) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.error = absl::CancelledError("shutting down")});
  Poll(platform);
  EXPECT_TRUE(report_.outcome.interrupted);
  EXPECT_THAT(report_.outcome.documents, IsEmpty());
}

TEST_F(PagePollTest, AChainThatNeverEndsIsCut) {
  const FakePlatform platform({"/0"});
  const Fetch endless = [](const FetchRequest& request) -> absl::StatusOr<FetchResponse> {
    const int number = std::stoi(request.url.substr(sizeof kBase));
    return FetchResponse{.status = 200,
                         .url = request.url,
                         .content_type = "text/fake",
                         .etag = "",
                         .last_modified = "",
                         .retry_after = "",
                         .body = "-> /" + std::to_string(number + 1)};
  };
  report_ = PagePoll(clock_, endless, sink_)
                .Run({"page", kBase, platform}, {}, {.max_documents = 7}, cut_);
  EXPECT_EQ(report_.published, 7);
  EXPECT_EQ(report_.outcome.documents.back().answer.words, "not asked: more than 7 documents");
}

TEST_F(PagePollTest, ADocumentThatIsAskedForSeldomIsLeftOutUntilItsTime) {
  const FakePlatform platform({"/list", "/calendar?every=3600"});
  site_.Set(Url("/list"), {.body = "list"});
  site_.Set(Url("/calendar?every=3600"), {.body = "days"});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "calendar?every=3600 ok"));
  clock_.Advance(absl::Minutes(59));
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok"));
  clock_.Advance(absl::Minutes(2));
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "calendar?every=3600 ok"));
}

TEST_F(PagePollTest, ASeldomDocumentThatIsNotThereIsNoFailure) {
  const FakePlatform platform({"/list", "/calendar?every=3600"});
  site_.Set(Url("/list"), {.body = "list"});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok"));
  site_.Forget();
  Poll(platform);
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/list"))) << "it is not asked for at every poll";
  clock_.Advance(absl::Minutes(61));
  site_.Set(Url("/calendar?every=3600"), {.status = 503});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "calendar?every=3600 unreachable"));
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok"));
  clock_.Advance(absl::Minutes(11));
  site_.Set(Url("/calendar?every=3600"), {.body = "days"});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok", "calendar?every=3600 ok"));
}

TEST_F(PagePollTest, AStandInIsAskedForOnlyWhenTheOtherCannotBeHad) {
  const FakePlatform platform({"/old?instead=/list", "/list"});
  site_.Set(Url("/list"), {.body = "list"});
  site_.Set(Url("/old?instead=/list"), {.body = "less"});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list ok"));
  site_.Set(Url("/list"), {.status = 404});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("old?instead=/list ok")) << "the page is as good as ever";
  site_.Set(Url("/old?instead=/list"), {.status = 503});
  Poll(platform);
  EXPECT_THAT(Words(), ElementsAre("list gone", "old?instead=/list unreachable"));
}

TEST_F(PagePollTest, StandInsOfStandInsAreAskedForInTheirOrderUntilOneCame) {
  const std::string b = "/b?instead=/a", c = "/c?instead=" + b, d = "/d?instead=" + c;
  const FakePlatform platform({"/a", b, c, d});
  site_.Set(Url("/a"), {.status = 404});
  site_.Set(Url(b), {.status = 404});
  for (int rotate = 0; rotate < 4; ++rotate) {
    site_.Set(Url(c), {.body = std::string(1, static_cast<char>('0' + rotate))});
    Poll(platform, {.probe_first = rotate == 3, .rotate = rotate});
    EXPECT_THAT(Words(), ElementsAre(c.substr(1) + " ok")) << "the others are no failures";
    EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url(b), Url(c))) << rotate;
    site_.Forget();
  }
}

TEST_F(PagePollTest, AnOpenCircuitIsProbedWithWhatStandsInForTheFirst) {
  const FakePlatform platform({"/a", "/b", "/a2?instead=/a", "/b2?instead=/b"});
  site_.Set(Url("/a"), {.body = "<html>", .content_type = "text/html"});
  site_.Set(Url("/a2?instead=/a"), {.body = "good"});
  Poll(platform, {.probe_first = true});
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"), Url("/a2?instead=/a")));
  EXPECT_THAT(Words(), ElementsAre("a2?instead=/a ok"));
  site_.Forget();
  site_.Set(Url("/a"), {.status = 503});
  Poll(platform, {.probe_first = true});
  EXPECT_THAT(site_.Urls(), ElementsAre(Url("/a"))) << "nobody is there";
}

TEST_F(PagePollTest, Quirk02WhatChangesWhileThePageSaysThatNothingDidIsATrifle) {
  const FakePlatform platform({"/a", "/b"});
  const auto says = [](int time, const char* rest) {
    return fmt::format("updated {}\n{}", time, rest);
  };
  site_.Set(Url("/a"), {.body = says(1000, ""), .etag = "\"1\""});
  site_.Set(Url("/b"), {.body = "says nothing of it"});
  EXPECT_FALSE(Poll(platform).outcome.trifles_only) << "all of it is new";
  EXPECT_EQ(Poll(platform).published, 0);
  site_.Set(Url("/a"), {.body = says(1000, "one more view")});
  EXPECT_EQ(Poll(platform).published, 1);
  EXPECT_TRUE(report_.outcome.trifles_only);
  site_.Set(Url("/a"), {.body = says(2000, "")});
  EXPECT_EQ(Poll(platform).published, 1);
  EXPECT_FALSE(report_.outcome.trifles_only);
  const FakePlatform silent({"/b"});
  Poll(silent);
  site_.Set(Url("/b"), {.body = "as ever"});
  EXPECT_EQ(Poll(silent).published, 1);
  EXPECT_FALSE(report_.outcome.trifles_only) << "it does not say";
}

TEST_F(PagePollTest, Quirk03ADeletedPageIsSaidSo) {
  const FakePlatform platform;
  site_.Set(Url("/list"), {.body = "<html><h1>Page deleted</h1>",
                           .content_type = "text/html",
                           .redirect_to = "https://www.example.com/gone"});
  Poll(platform);
  EXPECT_THAT(report_.outcome.documents[0].answer.words,
              ::testing::HasSubstr("the page says that it was deleted"));
  EXPECT_EQ(report_.outcome.documents[0].redirected_to, "www.example.com");
  EXPECT_TRUE(report_.outcome.documents[0].page_deleted);
}

}  // namespace
}  // namespace fails::scraper
