// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/obs/log.h"
#include "common/obs/metrics.h"
#include "common/rpc/tests/raw_call.h"
#include "common/rpc/tests/test_service.h"
#include "common/testing/await.h"

namespace fails::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr char kExplain[] = "/fails.v1.InsightService/Explain";
constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";

std::string HealthRequest(const std::string& service) {
  return std::string("\x0a") + static_cast<char>(service.size()) + service;
}

absl::Status Echo(grpc::ServerContext&, const v1::ExplainRequest& request,
                  v1::ExplainResponse& response) {
  response.set_text(request.question());
  return absl::OkStatus();
}

// What the counter of answered calls shows now; it counts for the whole program.
int Counted(const std::string& code, const std::string& method) {
  const std::string series =
      "fails_rpc_server_calls_total{code=\"" + code + "\",method=\"" + method + "\"} ";
  const std::string metrics = obs::RenderMetrics();
  const std::size_t at = metrics.find(series);
  return at == std::string::npos ? 0 : std::stoi(metrics.substr(at + series.size()));
}

std::string Message(const absl::Status& status) {
  return std::string(status.message());
}

TEST(ServerTest, HealthAnswersForTheServerAndItsServices) {
  const TestServer server(Echo);
  EXPECT_EQ(RawCall(server.channel, kHealthCheck, "").value(), kServing);
  const std::string by_name = HealthRequest("fails.v1.InsightService");
  EXPECT_EQ(RawCall(server.channel, kHealthCheck, by_name).value(), kServing);
  EXPECT_EQ(RawCall(server.channel, kHealthCheck, HealthRequest("nobody")).status().code(),
            absl::StatusCode::kNotFound);

  server.server->SetServing(false);
  EXPECT_EQ(RawCall(server.channel, kHealthCheck, "").value(), kNotServing);
  EXPECT_EQ(RawCall(server.channel, kHealthCheck, by_name).value(), kNotServing);
  server.server->SetServing(true);
  EXPECT_EQ(RawCall(server.channel, kHealthCheck, "").value(), kServing);
}

TEST(ServerTest, ReflectionListsTheServices) {
  const TestServer server(Echo);
  const auto list =
      RawCall(server.channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              "\x3a\x01*");  // list_services: "*"
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_THAT(*list, HasSubstr("fails.v1.InsightService"));
  EXPECT_THAT(*list, HasSubstr("grpc.health.v1.Health"));
}

TEST(ServerTest, MessagesBeyondGrpcsOwnLimitPass) {
  const TestServer server(Echo);
  const std::string large(20 << 20, 'x');
  EXPECT_EQ(server.Explain(large).value(), large);
  EXPECT_EQ(server.Explain(std::string(65 << 20, 'x')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(ServerTest, StatusOfTheHandlerReachesTheClientAndTheMetrics) {
  const TestServer server(
      [](auto&, auto&, auto&) { return absl::InvalidArgumentError("field x"); });
  const int before = Counted("INVALID_ARGUMENT", kExplain);
  EXPECT_EQ(server.Explain().status(), absl::InvalidArgumentError("field x"));
  EXPECT_EQ(Counted("INVALID_ARGUMENT", kExplain), before + 1);
  EXPECT_THAT(obs::RenderMetrics(),
              HasSubstr(std::string("fails_rpc_server_seconds_count{method=\"") + kExplain));
}

TEST(ServerTest, AnExceptionOfAHandlerIsAStatus) {
  const TestServer server(
      [](auto&, auto&, auto&) -> absl::Status { throw std::runtime_error("no"); });
  EXPECT_EQ(server.Explain().status().code(), absl::StatusCode::kUnknown);
}

TEST(ServerTest, UnknownMethodsAreUnimplementedAndMakeNoSeries) {
  const TestServer server(Echo);
  const int before = Counted("UNIMPLEMENTED", "unknown");
  for (const char* method : {"/made.up/Method", "/fails.v1.InsightService/MadeUp"}) {
    EXPECT_TRUE(absl::IsUnimplemented(RawCall(server.channel, method, "").status())) << method;
    EXPECT_THAT(obs::RenderMetrics(), Not(HasSubstr(method)));
  }
  EXPECT_EQ(Counted("UNIMPLEMENTED", "unknown"), before + 2);
}

TEST(ServerTest, CallsBeyondTheThreadsAreRefusedNotQueued) {
  absl::Notification release;
  const TestServer server([&](auto&, auto&, auto&) {
    release.WaitForNotification();
    return absl::OkStatus();
  });
  std::atomic<int> refused = 0, answered = 0;
  std::vector<std::future<void>> calls;
  for (int i = 0; i < 80; ++i) {
    calls.push_back(std::async(std::launch::async, [&] {
      const absl::Status status = server.Explain().status();
      if (absl::IsResourceExhausted(status)) ++refused;
      if (status.ok()) ++answered;
    }));
  }
  EXPECT_TRUE(testing::Await([&] { return refused > 0; }));
  release.Notify();
  for (std::future<void>& call : calls) call.get();
  EXPECT_EQ(refused + answered, 80);
  EXPECT_GE(answered, 32);
}

TEST(ServerTest, StopLetsRunningCallsFinishAndTakesNoNewOnes) {
  absl::Notification entered, release;
  const TestServer server([&](auto&, auto&, v1::ExplainResponse& response) {
    entered.Notify();
    release.WaitForNotification();
    response.set_text("finished");
    return absl::OkStatus();
  });
  auto call = std::async(std::launch::async, [&] { return server.Explain(); });
  entered.WaitForNotification();
  auto stop =
      std::async(std::launch::async, [&] { server.server->Stop(absl::Now() + absl::Minutes(1)); });
  EXPECT_TRUE(testing::Await([&] {
    return absl::IsUnavailable(RawCall(MakeChannel(server.address), kHealthCheck, "").status());
  }));
  release.Notify();
  EXPECT_EQ(call.get().value(), "finished");
  stop.get();
  server.server->Stop(absl::Now());  // once more changes nothing
}

TEST(ServerTest, StopCancelsWhatOutlastsTheDeadline) {
  absl::Notification entered;
  const TestServer server([&](grpc::ServerContext& context, auto&, auto&) {
    entered.Notify();
    return testing::Await([&] { return context.IsCancelled(); }) ? absl::CancelledError("seen")
                                                                 : absl::InternalError("not seen");
  });
  auto call = std::async(std::launch::async, [&] { return server.Explain(); });
  entered.WaitForNotification();
  const int before = Counted("CANCELLED", kExplain);
  server.server->Stop(absl::Now() + absl::Milliseconds(50));
  EXPECT_FALSE(call.get().ok());
  EXPECT_EQ(Counted("CANCELLED", kExplain), before + 1) << "the handler has seen it";
}

TEST(ServerTest, ATakenPortIsUnavailableAndNamed) {
  TestServer first(Echo);
  const auto second = Server::Start(first.address, {});
  ASSERT_TRUE(absl::IsUnavailable(second.status())) << second.status();
  EXPECT_THAT(Message(second.status()), HasSubstr(first.address));
}

TEST(ServerTest, AForeignAddressIsUnavailable) {
  EXPECT_TRUE(absl::IsUnavailable(Server::Start("192.0.2.1:1", {}).status()));
}

}  // namespace
}  // namespace fails::rpc
