// SPDX-License-Identifier: Apache-2.0
#include "services/insight/adapters/grpc_service.h"

#include <string>
#include <utility>

#include "common/rpc/status.h"

namespace fails::insight {

grpc::Status InsightGrpcService::Explain(grpc::ServerContext* /*context*/,
                                         const v1::ExplainRequest* request,
                                         v1::ExplainResponse* response) {
  absl::StatusOr<std::string> text =
      explainer_.Explain(request->analysis_id(), request->question());
  if (!text.ok()) return rpc::ToGrpc(text.status());
  response->set_text(*std::move(text));
  return grpc::Status::OK;
}

}  // namespace fails::insight
