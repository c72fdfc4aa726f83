// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/adapters/analytics_grpc_service.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "common/rpc/limits.h"
#include "common/rpc/status.h"
#include "services/analytics/analyses/registry.h"
#include "services/analytics/app/query_proto.h"

namespace fails::analytics {
namespace {

// Before they are copied into one message, which gRPC would only then find to be too large.
absl::Status CheckFit(const std::vector<AnalysisRunner::Answer>& answers) {
  std::size_t bytes = 0;
  for (const auto& answer : answers) bytes += answer->ByteSizeLong();
  if (bytes < rpc::kMaxMessageBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      fmt::format("ids: the answers have {} bytes together, of at most {}: ask for fewer at once, "
                  "or for a shorter time",
                  bytes, rpc::kMaxMessageBytes));
}

}  // namespace

grpc::Status AnalyticsGrpcService::ListAnalyses(grpc::ServerContext*,
                                                const v1::ListAnalysesRequest*,
                                                v1::ListAnalysesResponse* response) {
  for (const Analysis* analysis : AllAnalyses()) *response->add_analyses() = Describe(*analysis);
  return grpc::Status::OK;
}

grpc::Status AnalyticsGrpcService::RunAnalysis(grpc::ServerContext* context,
                                               const v1::RunAnalysisRequest* request,
                                               v1::RunAnalysisResponse* response) {
  const auto answer = runner_.Run(request->id(), FromProto(request->query()),
                                  [context] { return context->IsCancelled(); });
  if (!answer.ok()) return rpc::ToGrpc(answer.status());
  *response->mutable_analysis() = **answer;
  response->set_notice(notice_);
  return grpc::Status::OK;
}

grpc::Status AnalyticsGrpcService::RunAnalyses(grpc::ServerContext* context,
                                               const v1::RunAnalysesRequest* request,
                                               v1::RunAnalysesResponse* response) {
  const auto answers =
      runner_.RunMany({request->ids().begin(), request->ids().end()}, FromProto(request->query()),
                      [context] { return context->IsCancelled(); });
  if (!answers.ok()) return rpc::ToGrpc(answers.status());
  if (absl::Status fit = CheckFit(*answers); !fit.ok()) return rpc::ToGrpc(fit);
  for (const auto& answer : *answers) *response->add_analyses() = *answer;
  response->set_notice(notice_);
  return grpc::Status::OK;
}

grpc::Status AnalyticsGrpcService::ListCellIncidents(grpc::ServerContext* context,
                                                     const v1::ListCellIncidentsRequest* request,
                                                     v1::ListCellIncidentsResponse* response) {
  auto answer = cells_.List(*request, [context] { return context->IsCancelled(); });
  if (!answer.ok()) return rpc::ToGrpc(answer.status());
  *response = *std::move(answer);
  return grpc::Status::OK;
}

}  // namespace fails::analytics
