// SPDX-License-Identifier: Apache-2.0
// What the client does with servers that misbehave, with many at once, and with its own end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/http/client.h"
#include "common/http/tests/raw_server.h"
#include "common/testing/await.h"

namespace fails::http {
namespace {

constexpr char kOk[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

// Answers of all Fetch calls of a test.
class Answers {
 public:
  Client::Done Collect() {
    return [this](absl::StatusOr<Response> response) {
      const absl::MutexLock lock(&mutex_);
      codes_.push_back(response.status().code());
    };
  }
  std::size_t Count(absl::StatusCode code) const {
    const absl::MutexLock lock(&mutex_);
    return static_cast<std::size_t>(std::count(codes_.begin(), codes_.end(), code));
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<absl::StatusCode> codes_;
};

class FailureTest : public ::testing::Test {
 protected:
  FailureTest() { setenv("no_proxy", "*", 1); }

  absl::StatusCode CodeOf(const Request& request) {
    return client_.FetchAndWait(request).status().code();
  }

  // Of a server that sends `answer` and hangs up.
  absl::StatusCode CodeOfAnswer(std::string answer) {
    const RawServer server([&](const std::string&) { return answer; });
    return CodeOf({.url = server.Url()});
  }

  Client client_{"fails-test"};
};

TEST_F(FailureTest, TruncatedBodyIsUnavailable) {
  EXPECT_EQ(CodeOfAnswer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(CodeOfAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(CodeOfAnswer(""), absl::StatusCode::kUnavailable);
}

TEST_F(FailureTest, WhatIsNoHttpIsUnavailable) {
  EXPECT_EQ(CodeOfAnswer("SSH-2.0-OpenSSH_9.2\r\n"), absl::StatusCode::kUnavailable);
}

TEST_F(FailureTest, ABodyThatCannotBeDecodedIsUnavailable) {
  EXPECT_EQ(
      CodeOfAnswer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"),
      absl::StatusCode::kUnavailable);
}

TEST_F(FailureTest, EndlessHeadersAreStopped) {
  std::string answer = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 10000; ++i)
    answer += "X-Header-" + std::to_string(i) + ": " + std::string(50, 'x') + "\r\n";
  EXPECT_EQ(CodeOfAnswer(answer + "\r\n"), absl::StatusCode::kResourceExhausted);
}

TEST_F(FailureTest, ASlowServerMeetsTheDeadline) {
  absl::Notification release;
  const RawServer server([&](const std::string&) {
    release.WaitForNotification();
    return kOk;
  });
  EXPECT_EQ(CodeOf({.url = server.Url(), .timeout = absl::Milliseconds(100)}),
            absl::StatusCode::kDeadlineExceeded);
  release.Notify();
}

TEST_F(FailureTest, NobodyThereIsUnavailable) {
  const std::string url = RawServer([](const std::string&) { return kOk; }).Url();
  EXPECT_EQ(CodeOf({.url = url}), absl::StatusCode::kUnavailable);
}

TEST_F(FailureTest, ATlsHandshakeThatFailsIsUnavailable) {
  const RawServer server([](const std::string&) { return "this is no TLS"; });
  const std::string url = "https" + server.Url().substr(4);
  EXPECT_EQ(CodeOf({.url = url, .timeout = absl::Seconds(5)}), absl::StatusCode::kUnavailable);
}

TEST_F(FailureTest, RequestsThatCannotBeSentAreInvalid) {
  for (const char* url : {"", "status.openai.com", "file:///etc/hostname", "ftp://127.0.0.1/",
                          "http://", "http://[/"}) {
    EXPECT_EQ(CodeOf({.url = url}), absl::StatusCode::kInvalidArgument) << url;
  }
  EXPECT_EQ(CodeOf({.url = "http://127.0.0.1:1/", .headers = {{"X-A", "b\r\nX-C: d"}}}),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf({.url = "http://127.0.0.1:1/", .headers = {{"", "b"}}}),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(FailureTest, FiveHundredTransfersRunAtOnce) {
  constexpr int kTransfers = 500;
  constexpr int kHosts = 100;
  std::atomic<int> in_flight = 0;
  std::atomic<bool> all_met = true;
  const RawServer server([&](const std::string&) {
    ++in_flight;
    if (!testing::Await([&] { return in_flight >= kTransfers; })) all_met = false;
    return kOk;
  });
  Answers answers;
  for (int i = 0; i < kTransfers; ++i) {
    client_.Fetch({.url = server.Url("/", 1 + i % kHosts), .timeout = absl::Minutes(2)},
                  answers.Collect());
  }
  EXPECT_TRUE(testing::Await([&] { return answers.Count(absl::StatusCode::kOk) == kTransfers; },
                             absl::Minutes(2)));
  EXPECT_TRUE(all_met) << "no more than " << in_flight
                       << " requests were under way at the same time";
}

TEST_F(FailureTest, OneHostGetsEightConnectionsAtMost) {
  constexpr int kTransfers = 40;
  std::atomic<int> in_flight = 0, most = 0;
  absl::Notification release;
  const RawServer server([&](const std::string&) {
    const int now = ++in_flight;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
    release.WaitForNotification();
    --in_flight;
    return kOk;
  });
  Answers answers;
  for (int i = 0; i < kTransfers; ++i) {
    client_.Fetch({.url = server.Url(), .timeout = absl::Minutes(2)}, answers.Collect());
  }
  EXPECT_TRUE(testing::Await([&] { return in_flight == 8; }));
  release.Notify();
  EXPECT_TRUE(testing::Await([&] { return answers.Count(absl::StatusCode::kOk) == kTransfers; }));
  EXPECT_EQ(most, 8);
}

TEST_F(FailureTest, TheDestructorCancelsWhatIsUnderWay) {
  constexpr std::size_t kTransfers = 20;
  absl::Notification release;
  std::atomic<int> in_flight = 0;
  const RawServer server([&](const std::string&) {
    ++in_flight;
    release.WaitForNotification();
    return kOk;
  });
  Answers answers;
  {
    Client client("fails-test");
    for (std::size_t i = 0; i < kTransfers; ++i)
      client.Fetch({.url = server.Url()}, answers.Collect());
    client.Fetch({.url = server.Url()}, [&](absl::StatusOr<Response> response) {
      answers.Collect()(std::move(response));
      client.Fetch({.url = server.Url()}, answers.Collect());  // asked for while the client ends
    });
    EXPECT_TRUE(testing::Await([&] { return in_flight > 0; }));
  }
  EXPECT_EQ(answers.Count(absl::StatusCode::kCancelled), kTransfers + 2);
  release.Notify();
}

}  // namespace
}  // namespace fails::http
