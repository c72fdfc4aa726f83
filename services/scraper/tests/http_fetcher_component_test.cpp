// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <thread>

#include "common/testing/await.h"
#include "services/scraper/adapters/http_fetcher.h"
#include "services/scraper/tests/page_server.h"

namespace fails::scraper {
namespace {

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

  PageServer server_;
  http::Client client_{"fails-scraper/test"};
  HttpFetcher fetcher_{client_};
};

TEST_F(HttpFetcherTest, ARunGoesOnWhileNothingHasChanged) {
  const auto requests = Known({"/a", "/b", "/c", "/d"});
  const RunAnswer same = fetcher_.GetWhileUnchanged(requests, absl::InfiniteFuture());
  EXPECT_EQ(same.unchanged, 4u);
  EXPECT_FALSE(same.other);
  server_.Set("/c", {.body = "new"});
  const RunAnswer changed = fetcher_.GetWhileUnchanged(requests, absl::InfiniteFuture());
  EXPECT_EQ(changed.unchanged, 2u);
  ASSERT_TRUE(changed.other && changed.other->ok());
  EXPECT_EQ((*changed.other)->status, 200);
  EXPECT_EQ((*changed.other)->body, "new");
  EXPECT_EQ(server_.Count("/d"), 2) << "not asked behind the change";
}

TEST_F(HttpFetcherTest, ARunEndsWhenItsTimeIsUp) {
  const auto requests = Known({"/a", "/b"});
  const RunAnswer run = fetcher_.GetWhileUnchanged(requests, absl::InfinitePast());
  EXPECT_EQ(run.unchanged, 1u);
  EXPECT_FALSE(run.other);
  EXPECT_EQ(server_.Count("/b"), 1);
}

TEST_F(HttpFetcherTest, CancelEndsARunUnderWayAndAllLater) {
  auto requests = Known({"/a", "/b", "/c"});
  server_.Set("/b", {.body = "late", .hang = true});
  RunAnswer answer;
  std::thread run([&] { answer = fetcher_.GetWhileUnchanged(requests, absl::InfiniteFuture()); });
  EXPECT_TRUE(testing::Await([&] { return server_.Count("/b") == 2; }));
  fetcher_.Cancel();
  run.join();
  ASSERT_TRUE(answer.other);
  EXPECT_EQ(answer.other->status().code(), absl::StatusCode::kCancelled);
  server_.Release();
  EXPECT_EQ(fetcher_.Get(requests[0]).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(server_.Count("/c"), 1);
}

}  // namespace
}  // namespace fails::scraper
