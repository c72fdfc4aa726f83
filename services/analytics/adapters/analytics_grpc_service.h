// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "fails/v1/analytics_service.grpc.pb.h"
#include "services/analytics/app/analysis_runner.h"

namespace fails::analytics {

class AnalyticsGrpcService final : public v1::AnalyticsService::Service {
 public:
  // `notice`: the catalog's.
  AnalyticsGrpcService(AnalysisRunner& runner, std::string notice)
      : runner_(runner), notice_(std::move(notice)) {}

  grpc::Status ListAnalyses(grpc::ServerContext* context, const v1::ListAnalysesRequest* request,
                            v1::ListAnalysesResponse* response) override;
  grpc::Status RunAnalysis(grpc::ServerContext* context, const v1::RunAnalysisRequest* request,
                           v1::RunAnalysisResponse* response) override;
  grpc::Status RunAnalyses(grpc::ServerContext* context, const v1::RunAnalysesRequest* request,
                           v1::RunAnalysesResponse* response) override;

 private:
  AnalysisRunner& runner_;
  const std::string notice_;
};

}  // namespace fails::analytics
