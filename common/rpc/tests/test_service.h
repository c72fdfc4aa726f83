// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "fails/v1/insight_service.grpc.pb.h"

namespace fails::rpc {

// A service whose one method does what the test says.
class TestService final : public v1::InsightService::Service {
 public:
  using Handler = std::function<absl::Status(grpc::ServerContext&, const v1::ExplainRequest&,
                                             v1::ExplainResponse&)>;
  explicit TestService(Handler handler) : handler_(std::move(handler)) {}

  grpc::Status Explain(grpc::ServerContext* context, const v1::ExplainRequest* request,
                       v1::ExplainResponse* response) override {
    return ToGrpc(handler_(*context, *request, *response));
  }

 private:
  Handler handler_;
};

// A server on a port of its own and a channel to it.
struct TestServer {
  explicit TestServer(TestService::Handler handler)
      : service(std::move(handler)),
        server(Server::Start("127.0.0.1:0", {&service}).value()),
        address("127.0.0.1:" + std::to_string(server->port())),
        channel(MakeChannel(address)) {}

  absl::StatusOr<std::string> Explain(const std::string& question = "",
                                      absl::Duration timeout = absl::Seconds(30)) const {
    grpc::ClientContext context;
    Prepare(context, timeout);
    v1::ExplainRequest request;
    request.set_question(question);
    v1::ExplainResponse response;
    const grpc::Status status =
        v1::InsightService::NewStub(channel)->Explain(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response.text();
  }

  TestService service;
  std::unique_ptr<Server> server;
  std::string address;
  std::shared_ptr<grpc::Channel> channel;
};

}  // namespace fails::rpc
