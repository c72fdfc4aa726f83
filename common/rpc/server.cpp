// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/server.h"

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_initializer.h>

#include <mutex>
#include <string>
#include <utility>

#include "common/rpc/call_observer.h"
#include "common/rpc/init.h"
#include "common/rpc/limits.h"

namespace fails::rpc {
namespace {

// Each running synchronous call holds a thread; a call beyond these is answered RESOURCE_EXHAUSTED.
constexpr int kMaxThreads = 64;
constexpr std::size_t kMaxBufferBytes = std::size_t{512} << 20;

// Tells the health service the names of the registered services, which gRPC leaves unknown to it.
class NameServices final : public grpc::ServerBuilderPlugin {
 public:
  explicit NameServices(std::vector<std::string>* names) : names_(names) {}
  std::string name() override { return "fails.service_names"; }
  void InitServer(grpc::ServerInitializer*) override {}
  void Finish(grpc::ServerInitializer* server) override { *names_ = *server->GetServiceList(); }
  void ChangeArguments(const std::string&, void*) override {}

 private:
  std::vector<std::string>* names_;
};

class NameServicesOption final : public grpc::ServerBuilderOption {
 public:
  explicit NameServicesOption(std::vector<std::string>* names) : names_(names) {}
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    plugins->push_back(std::make_unique<NameServices>(names_));
  }

 private:
  std::vector<std::string>* names_;
};

void SetOptions(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetResourceQuota(
      grpc::ResourceQuota("fails").SetMaxThreads(kMaxThreads).Resize(kMaxBufferBytes));
  // With SO_REUSEPORT, gRPC's default, a second process would share the port in silence.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kKeepAliveMillis / 2);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.experimental().SetInterceptorCreators(ObserveCalls());
}

}  // namespace

struct Server::Impl {
  int port = 0;
  std::vector<std::string> service_names;
  std::unique_ptr<grpc::Server> server;
  std::once_flag stopped;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  Stop(absl::Now());
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const std::string& address,
                                                      const std::vector<grpc::Service*>& services) {
  InitGrpc();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();

  auto impl = std::make_unique<Impl>();
  grpc::ServerBuilder builder;
  SetOptions(builder);
  builder.SetOption(std::make_unique<NameServicesOption>(&impl->service_names));
  for (grpc::Service* service : services) builder.RegisterService(service);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &impl->port);
  impl->server = builder.BuildAndStart();
  if (impl->server == nullptr || impl->port == 0) {
    return absl::UnavailableError(fmt::format(
        "cannot listen for gRPC on {}: in use, or not an address of this machine", address));
  }
  std::unique_ptr<Server> server(new Server(std::move(impl)));
  server->SetServing(true);
  return server;
}

int Server::port() const {
  return impl_->port;
}

void Server::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* health = impl_->server->GetHealthCheckService();
  for (const std::string& name : impl_->service_names) health->SetServingStatus(name, serving);
  health->SetServingStatus(serving);
}

void Server::Stop(absl::Time deadline) {
  std::call_once(impl_->stopped, [&] {
    SetServing(false);
    impl_->server->Shutdown(absl::ToChronoTime(deadline));
    impl_->server->Wait();
  });
}

}  // namespace fails::rpc
