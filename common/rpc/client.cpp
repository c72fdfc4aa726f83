// SPDX-License-Identifier: Apache-2.0
#include "common/rpc/client.h"

#include <fmt/format.h>

#include <climits>

#include "common/obs/log.h"
#include "common/rpc/init.h"
#include "common/rpc/limits.h"

namespace fails::rpc {

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address) {
  InitGrpc();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepAliveMillis);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  // A process that comes back is found within a second or two.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_CLIENT_IDLE_TIMEOUT_MS, INT_MAX);  // an idle channel would look unready
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY,
                   0);  // our own processes are never behind $http_proxy
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

absl::Status Probe(const std::shared_ptr<grpc::Channel>& channel, const std::string& address) {
  // One message for all the states without a connection: they alternate while the other side is
  // away.
  if (channel->GetState(/*try_to_connect=*/true) == GRPC_CHANNEL_READY) return absl::OkStatus();
  return absl::UnavailableError(fmt::format("no connection to {}", address));
}

void Prepare(grpc::ClientContext& context, absl::Duration timeout) {
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  if (const std::string& traceparent = obs::CurrentTraceparent(); !traceparent.empty()) {
    context.AddMetadata(kTraceparentKey, traceparent);
  }
}

}  // namespace fails::rpc
