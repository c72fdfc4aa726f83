// SPDX-License-Identifier: Apache-2.0
#include "services/scraper/domain/answer.h"

#include <gtest/gtest.h>

#include <string>

namespace fails::scraper {
namespace {

struct Case {
  std::string name;
  int status;
  std::string content_type;
  bool conditional;
  absl::Status recognized;
  AnswerKind kind;
  std::string words;
};

class ClassifyResponseTest : public ::testing::TestWithParam<Case> {};

TEST_P(ClassifyResponseTest, TellsWhatAnAnswerIs) {
  const Case& c = GetParam();
  const Answer answer =
      ClassifyResponse(c.status, c.content_type, c.conditional, [&] { return c.recognized; });
  EXPECT_EQ(ToString(answer.kind), ToString(c.kind));
  EXPECT_EQ(answer.words, c.words);
}

const absl::Status kHtml = absl::FailedPreconditionError("HTML instead of JSON");

INSTANTIATE_TEST_SUITE_P(
    Responses, ClassifyResponseTest,
    ::testing::Values(
        Case{"Good", 200, "application/json", false, absl::OkStatus(), AnswerKind::kOk, ""},
        Case{"HtmlWith200", 200, "text/html", false, kHtml, AnswerKind::kWrongContent,
             "HTML instead of JSON"},
        Case{"NotModified", 304, "", true, kHtml, AnswerKind::kNotModified, ""},
        Case{"NotModifiedUnasked", 304, "", false, kHtml, AnswerKind::kWrongContent,
             "HTTP 304 to a request without conditions"},
        Case{"NoContent", 204, "", false, kHtml, AnswerKind::kWrongContent, "HTTP 204"},
        Case{"Challenge", 403, "text/html", false, kHtml, AnswerKind::kWrongContent,
             "HTTP 403 (text/html)"},
        Case{"Missing", 404, "text/html", false, kHtml, AnswerKind::kGone, "HTTP 404 (text/html)"},
        Case{"Gone", 410, "", false, kHtml, AnswerKind::kGone, "HTTP 410"},
        Case{"RequestTimeout", 408, "", false, kHtml, AnswerKind::kUnreachable, "HTTP 408"},
        Case{"EnhanceYourCalm", 420, "", false, kHtml, AnswerKind::kRateLimited, "HTTP 420"},
        Case{"TooMany", 429, "", false, kHtml, AnswerKind::kRateLimited, "HTTP 429"},
        Case{"BadGateway", 502, "text/html", false, kHtml, AnswerKind::kUnreachable,
             "HTTP 502 (text/html)"},
        Case{"Unavailable", 503, "", true, kHtml, AnswerKind::kUnreachable, "HTTP 503"}),
    [](const auto& info) { return info.param.name; });

TEST(ClassifyResponseTest, TheContentOfAnErrorIsNotLookedAt) {
  bool asked = false;
  ClassifyResponse(500, "application/json", false, [&] {
    asked = true;
    return absl::OkStatus();
  });
  EXPECT_FALSE(asked);
}

TEST(ClassifyErrorTest, NoAnswerIsUnreachableButATooLongOneIsWrong) {
  EXPECT_EQ(ClassifyError(absl::UnavailableError("refused")).kind, AnswerKind::kUnreachable);
  EXPECT_EQ(ClassifyError(absl::DeadlineExceededError("15 s")).kind, AnswerKind::kUnreachable);
  const Answer too_long = ClassifyError(absl::ResourceExhaustedError("over 16 MiB"));
  EXPECT_EQ(too_long.kind, AnswerKind::kWrongContent);
  EXPECT_EQ(too_long.words, "over 16 MiB");
  EXPECT_EQ(ClassifyError(absl::InvalidArgumentError("file:///")).kind, AnswerKind::kWrongContent);
}

}  // namespace
}  // namespace fails::scraper
