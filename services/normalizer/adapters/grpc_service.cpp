// SPDX-License-Identifier: Apache-2.0
#include "services/normalizer/adapters/grpc_service.h"

#include <utility>

#include "common/rpc/status.h"
#include "services/normalizer/app/dead_letters.h"
#include "services/normalizer/app/replay.h"

namespace fails::normalizer {
namespace {

template <class Response>
grpc::Status Answer(absl::StatusOr<Response> answer, Response* response) {
  if (!answer.ok()) return rpc::ToGrpc(answer.status());
  *response = *std::move(answer);
  return grpc::Status::OK;
}

}  // namespace

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
  return Answer(normalizer::ListDeadLetters(connection_, *request), response);
}

grpc::Status NormalizerGrpcService::GetDeadLetter(grpc::ServerContext*,
                                                  const v1::GetDeadLetterRequest* request,
                                                  v1::GetDeadLetterResponse* response) {
  return Answer(normalizer::GetDeadLetter(connection_, *request), response);
}

grpc::Status NormalizerGrpcService::RetryDeadLetter(grpc::ServerContext*,
                                                    const v1::RetryDeadLetterRequest* request,
                                                    v1::RetryDeadLetterResponse* response) {
  return Answer(normalizer::RetryDeadLetter(connection_, handler_, *request), response);
}

}  // namespace fails::normalizer
