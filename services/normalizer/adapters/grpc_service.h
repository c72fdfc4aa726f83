// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "common/bus/connection.h"
#include "fails/v1/normalizer_service.grpc.pb.h"
#include "services/normalizer/app/document_handler.h"

namespace fails::normalizer {

class NormalizerGrpcService final : public v1::NormalizerService::Service {
 public:
  NormalizerGrpcService(bus::Connection& connection, DocumentHandler& handler)
      : connection_(connection), handler_(handler) {}

  grpc::Status Replay(grpc::ServerContext* context, const v1::ReplayRequest* request,
                      grpc::ServerWriter<v1::ReplayResponse>* writer) override;
  grpc::Status ListDeadLetters(grpc::ServerContext* context,
                               const v1::ListDeadLettersRequest* request,
                               v1::ListDeadLettersResponse* response) override;
  grpc::Status GetDeadLetter(grpc::ServerContext* context, const v1::GetDeadLetterRequest* request,
                             v1::GetDeadLetterResponse* response) override;
  grpc::Status RetryDeadLetter(grpc::ServerContext* context,
                               const v1::RetryDeadLetterRequest* request,
                               v1::RetryDeadLetterResponse* response) override;

 private:
  bus::Connection& connection_;
  DocumentHandler& handler_;
};

}  // namespace fails::normalizer
