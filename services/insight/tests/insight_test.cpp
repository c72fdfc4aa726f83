// SPDX-License-Identifier: Apache-2.0
// The whole process but main(): wiring, ports, readiness, stop.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/runtime/runtime.h"
#include "common/testing/await.h"
#include "services/insight/adapters/grpc_service.h"
#include "services/insight/app/explainer.h"
#include "services/insight/config.h"
#include "services/insight/wiring.h"

namespace fails::insight {
namespace {

using ::testing::HasSubstr;

std::string LocalAddress(const rpc::Server& server) {
  return "127.0.0.1:" + std::to_string(server.port());
}

TEST(ExplainerTest, SaysThatNoModelIsConfigured) {
  const auto text = Explainer().Explain("ttr-distribution", "Why?");
  EXPECT_TRUE(absl::IsUnimplemented(text.status()));
  EXPECT_THAT(std::string(text.status().message()), HasSubstr("no language model is configured"));
}

TEST(InsightGrpcServiceTest, TheStatusReachesTheClient) {
  const Explainer explainer;
  InsightGrpcService service(explainer);
  const auto server = rpc::Server::Start("127.0.0.1:0", {&service}).value();
  const auto stub = v1::InsightService::NewStub(rpc::MakeChannel(LocalAddress(*server)));
  grpc::ClientContext context;
  rpc::Prepare(context, absl::Seconds(30));
  v1::ExplainRequest request;
  request.set_analysis_id("ttr-distribution");
  v1::ExplainResponse response;
  const grpc::Status status = stub->Explain(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_THAT(status.error_message(), HasSubstr("no language model is configured"));
}

class ProcessTest : public ::testing::Test {
 protected:
  // A free port, as an address: bound once and let go again.
  static std::string FreeAddress() {
    return LocalAddress(*rpc::Server::Start("127.0.0.1:0", {}).value());
  }

  static Config MakeConfig() {
    return {.log_level = "info",
            .admin_address = "127.0.0.1:0",
            .grpc_address = FreeAddress(),
            .analytics_address = FreeAddress()};
  }

  static std::string Readyz(const runtime::Runtime& runtime) {
    const auto answer = httplib::Client("http://" + runtime.admin_address()).Get("/readyz");
    return answer ? answer->body : "";
  }
};

TEST_F(ProcessTest, WaitsForAnalyticsAndStopsInOrder) {
  const Config config = MakeConfig();
  runtime::Runtime runtime({.process = "insight", .admin_address = config.admin_address});
  Wiring wiring(config, runtime);
  int exit_status = -1;
  std::thread running([&] { exit_status = runtime.RunUntilSignal(); });

  EXPECT_TRUE(testing::Await([&] {
    return Readyz(runtime).find("analytics: no connection to " + config.analytics_address) !=
           std::string::npos;
  })) << Readyz(runtime);
  const auto analytics = rpc::Server::Start(config.analytics_address, {}).value();
  EXPECT_TRUE(testing::Await([&] {
    return Readyz(runtime) == R"({"ready":true,"waiting_for":[]})";
  })) << Readyz(runtime);

  runtime.RequestStop();
  running.join();
  EXPECT_EQ(exit_status, 0);
  const auto channel = rpc::MakeChannel(config.grpc_address);
  EXPECT_TRUE(
      testing::Await([&] { return channel->GetState(true) == GRPC_CHANNEL_TRANSIENT_FAILURE; }));
}

TEST_F(ProcessTest, ATakenPortEndsTheStartInWords) {
  const auto other = rpc::Server::Start("127.0.0.1:0", {}).value();
  Config config = MakeConfig();
  config.grpc_address = LocalAddress(*other);
  runtime::Runtime runtime({.process = "insight", .admin_address = config.admin_address});
  try {
    Wiring wiring(config, runtime);
    FAIL() << "two servers share " << config.grpc_address;
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr(config.grpc_address));
  }
}

}  // namespace
}  // namespace fails::insight
