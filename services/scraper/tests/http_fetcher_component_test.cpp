// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "common/testing/await.h"
#include "services/scraper/adapters/http_fetcher.h"
#include "services/scraper/tests/page_server.h"

namespace fails::scraper {
namespace {

using ::testing::ElementsAre;

class HttpFetcherTest : public ::testing::Test {
 protected:
  // The paths, with the validators of what they answer now.
  std::vector<FetchRequest> Known(const std::vector<std::string>& paths) {
    std::vector<FetchRequest> requests;
    for (const std::string& path : paths) {
      server_.Set(path, {.body = path});
      const auto answer = fetcher_.Get({server_.url() + path, "", "", ""});
      EXPECT_TRUE(answer.ok()) << answer.status();
      requests.push_back({server_.url() + path, "", answer.ok() ? answer->etag : "", ""});
    }
    return requests;
  }
  static std::vector<int> Statuses(const std::vector<absl::StatusOr<FetchResponse>>& answers) {
    std::vector<int> statuses;
    for (const auto& answer : answers) statuses.push_back(answer.ok() ? answer->status : -1);
    return statuses;
  }

  PageServer server_;
  http::Client client_{"fails-scraper/test"};
  HttpFetcher fetcher_{client_};
};

TEST_F(HttpFetcherTest, ARunGoesOnWhileNothingHasChanged) {
  const auto requests = Known({"/a", "/b", "/c", "/d"});
  EXPECT_THAT(Statuses(fetcher_.GetWhileUnchanged(requests, absl::InfiniteFuture())),
              ElementsAre(304, 304, 304, 304));
  server_.Set("/c", {.body = "new"});
  const auto answers = fetcher_.GetWhileUnchanged(requests, absl::InfiniteFuture());
  EXPECT_THAT(Statuses(answers), ElementsAre(304, 304, 200));
  EXPECT_EQ(answers.back()->body, "new");
  EXPECT_EQ(server_.Count("/d"), 2) << "not asked behind the change";
}

TEST_F(HttpFetcherTest, ARunEndsWhenItsTimeIsUp) {
  const auto requests = Known({"/a", "/b"});
  EXPECT_THAT(Statuses(fetcher_.GetWhileUnchanged(requests, absl::InfinitePast())),
              ElementsAre(304));
  EXPECT_EQ(server_.Count("/b"), 1);
}

TEST_F(HttpFetcherTest, CancelEndsARunUnderWayAndAllLater) {
  auto requests = Known({"/a", "/b", "/c"});
  server_.Set("/b", {.body = "late", .hang = true});
  std::vector<absl::StatusOr<FetchResponse>> answers;
  std::thread run([&] { answers = fetcher_.GetWhileUnchanged(requests, absl::InfiniteFuture()); });
  EXPECT_TRUE(testing::Await([&] { return server_.Count("/b") == 2; }));
  fetcher_.Cancel();
  run.join();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].status().code(), absl::StatusCode::kCancelled);
  server_.Release();
  EXPECT_EQ(fetcher_.Get(requests[0]).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(server_.Count("/c"), 1);
}

}  // namespace
}  // namespace fails::scraper
