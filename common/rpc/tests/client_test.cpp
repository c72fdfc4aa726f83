// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/obs/log.h"
#include "common/rpc/tests/test_service.h"
#include "common/testing/await.h"

namespace fails::rpc {
namespace {

using ::testing::HasSubstr;

absl::Status TellTrace(grpc::ServerContext&, const v1::ExplainRequest&,
                       v1::ExplainResponse& response) {
  response.set_text(obs::CurrentTraceparent());
  return absl::OkStatus();
}

TEST(ClientTest, CarriesTheTraceIntoTheHandlersLogScope) {
  const TestServer server(TellTrace);
  const std::string traceparent = obs::NewTraceparent();
  const obs::TraceScope scope(traceparent);
  EXPECT_EQ(server.Explain().value(), traceparent);
}

TEST(ClientTest, ACallWithoutTraceGetsAFreshOneEach) {
  const TestServer server(TellTrace);
  const std::string first = server.Explain().value();
  const std::string second = server.Explain().value();
  EXPECT_TRUE(obs::ValidTraceparent(first)) << first;
  EXPECT_TRUE(obs::ValidTraceparent(second)) << second;
  EXPECT_NE(first, second);
}

TEST(ClientTest, AMalformedTraceIsReplaced) {
  const TestServer server(TellTrace);
  grpc::ClientContext context;
  context.AddMetadata("traceparent", "00-nonsense");
  v1::ExplainResponse response;
  ASSERT_TRUE(v1::InsightService::NewStub(server.channel)->Explain(&context, {}, &response).ok());
  EXPECT_TRUE(obs::ValidTraceparent(response.text())) << response.text();
}

TEST(ClientTest, TheDeadlineEndsTheCall) {
  const TestServer server([](grpc::ServerContext& context, auto&, auto&) {
    testing::Await([&] { return context.IsCancelled(); });
    return absl::OkStatus();
  });
  EXPECT_TRUE(absl::IsDeadlineExceeded(server.Explain("", absl::Milliseconds(100)).status()));
}

TEST(ClientTest, ProbeFollowsTheServerDownAndUpAgain) {
  TestServer server(TellTrace);
  const auto probe = [&] { return Probe(server.channel, server.address); };
  EXPECT_TRUE(testing::Await([&] { return probe().ok(); }));

  server.server.reset();
  ASSERT_TRUE(testing::Await([&] { return absl::IsUnavailable(probe()); }));
  EXPECT_THAT(std::string(probe().message()), HasSubstr(server.address));

  auto again = Server::Start(server.address, {&server.service});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(testing::Await([&] { return probe().ok(); }));
  EXPECT_TRUE(server.Explain().ok());
}

TEST(ClientTest, ACallToNobodyIsUnavailable) {
  TestServer server(TellTrace);
  server.server.reset();
  EXPECT_TRUE(absl::IsUnavailable(server.Explain().status()));
}

}  // namespace
}  // namespace fails::rpc
