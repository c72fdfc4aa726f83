// SPDX-License-Identifier: Apache-2.0
// grpc-ls HOST:PORT: the services that a server's reflection lists, one a line (Debian has no
// grpc_cli).
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <iostream>

#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: grpc-ls HOST:PORT\n";
    return 2;
  }
  namespace reflection = grpc::reflection::v1alpha;
  const auto stub = reflection::ServerReflection::NewStub(
      grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  context.set_wait_for_ready(true);
  const auto stream = stub->ServerReflectionInfo(&context);
  reflection::ServerReflectionRequest request;
  request.set_list_services("");
  reflection::ServerReflectionResponse response;
  if (!stream->Write(request) || !stream->WritesDone() || !stream->Read(&response)) {
    std::cerr << stream->Finish().error_message() << '\n';
    return 1;
  }
  for (const auto& service : response.list_services_response().service()) {
    std::cout << service.name() << '\n';
  }
  return 0;
}
