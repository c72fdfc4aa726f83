// SPDX-License-Identifier: Apache-2.0
// Ten thousand requests of nonsense: every answer a 4xx with a problem document, and the gateway as
// good as before.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <iterator>
#include <thread>

#include "common/testing/await.h"
#include "services/gateway/tests/fake_analytics.h"
#include "services/gateway/tests/nonsense.h"
#include "services/gateway/tests/running_gateway.h"

namespace fails::gateway {
namespace {

constexpr int kThreads = 8;
constexpr int kRequestsPerThread = 1250;

std::ptrdiff_t OpenFiles() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

std::string Excerpt(const std::string& bytes) {
  return ::testing::PrintToString(bytes.substr(0, 300));
}

void ExpectProblem(const HttpAnswer& answer, bool to_head, const std::string& bytes) {
  EXPECT_GE(answer.status, 400) << Excerpt(bytes);
  EXPECT_LT(answer.status, 500) << Excerpt(bytes);
  EXPECT_EQ(answer.Header("content-type"), "application/problem+json") << Excerpt(bytes);
  if (to_head) return;
  boost::system::error_code error;
  const auto body = boost::json::parse(answer.body, error);
  ASSERT_FALSE(error) << answer.body;
  EXPECT_EQ(body.as_object().at("status"), answer.status);
  EXPECT_FALSE(body.as_object().at("detail").as_string().empty());
}

// Talks nonsense on a connection of its own and hears what comes back. Returns the number of
// answers.
int Talk(int port, const Nonsense& nonsense) {
  HttpConnection connection(port);
  connection.Send(nonsense.bytes);
  if (nonsense.end == Nonsense::End::kWalkAway) return 0;
  if (nonsense.end == Nonsense::End::kSayDone) connection.EndSending();
  int answers = 0;
  while (const auto answer = connection.Read(nonsense.to_head)) {
    ExpectProblem(*answer, nonsense.to_head, nonsense.bytes);
    ++answers;
  }
  EXPECT_GE(answers, 1) << "no answer to " << Excerpt(nonsense.bytes);
  return answers;
}

TEST(Nonsense, GetsProblemsAndDoesNoHarm) {
  FakeAnalytics analytics;
  Config config = TestConfig(analytics.address());
  config.http_limits.header_timeout = absl::Seconds(3);
  config.http_limits.body_timeout = absl::Seconds(3);
  config.http_limits.linger_timeout = absl::Milliseconds(500);
  RunningGateway gateway(config);
  ASSERT_EQ(Get(gateway.port(), "/api/v1/providers")->status, 200);
  const std::ptrdiff_t files_before = OpenFiles();

  std::vector<std::thread> talkers;
  std::vector<int> answers(kThreads, 0);
  for (int t = 0; t < kThreads; ++t) {
    talkers.emplace_back([&, t] {
      NonsenseSource source(20240828u + static_cast<unsigned>(t));
      for (int i = 0; i < kRequestsPerThread; ++i) {
        answers[t] += Talk(gateway.port(), source.Next());
        if (::testing::Test::HasFailure()) return;
      }
    });
  }
  for (std::thread& talker : talkers) talker.join();
  int total = 0;
  for (const int each : answers) total += each;
  EXPECT_GT(total, kThreads * kRequestsPerThread * 9 / 10);

  EXPECT_TRUE(testing::Await([&] { return OpenFiles() <= files_before; }))
      << OpenFiles() << " files are open, " << files_before << " were before";
  EXPECT_EQ(Get(gateway.port(), "/api/v1/providers")->status, 200);
  EXPECT_EQ(Get(gateway.port(), "/api/v1/incidents?limit=1")->status, 200);
}

}  // namespace
}  // namespace fails::gateway
