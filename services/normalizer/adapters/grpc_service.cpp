// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/grpc_service.h"

#include <utility>

#include "common/rpc/status.h"
#include "services/normalizer/app/dead_letters.h"
#include "services/normalizer/app/replay.h"

namespace fails::normalizer {

grpc::Status NormalizerGrpcService::Replay(grpc::ServerContext* context,
                                           const v1::ReplayRequest* request,
                                           grpc::ServerWriter<v1::ReplayResponse>* writer) {
  return rpc::ToGrpc(
      normalizer::Replay(connection_, handler_, *request, [&](const v1::ReplayResponse& state) {
        return !context->IsCancelled() && writer->Write(state);
      }));
}

grpc::Status NormalizerGrpcService::ListDeadLetters(grpc::ServerContext*,
                                                    const v1::ListDeadLettersRequest* request,
                                                    v1::ListDeadLettersResponse* response) {
  auto letters = normalizer::ListDeadLetters(connection_, *request);
  if (!letters.ok()) return rpc::ToGrpc(letters.status());
  *response = *std::move(letters);
  return grpc::Status::OK;
}

}  // namespace fails::normalizer
