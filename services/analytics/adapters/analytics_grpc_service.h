// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "fails/v1/analytics_service.grpc.pb.h"
#include "services/analytics/app/analysis_runner.h"
#include "services/analytics/app/cell_queries.h"

namespace fails::analytics {

class AnalyticsGrpcService final : public v1::AnalyticsService::Service {
 public:
  // `notice`: the catalog's.
  AnalyticsGrpcService(AnalysisRunner& runner, CellQueries& cells, std::string notice)
      : runner_(runner), cells_(cells), notice_(std::move(notice)) {}

  grpc::Status ListAnalyses(grpc::ServerContext* context, const v1::ListAnalysesRequest* request,
                            v1::ListAnalysesResponse* response) override;
  grpc::Status RunAnalysis(grpc::ServerContext* context, const v1::RunAnalysisRequest* request,
                           v1::RunAnalysisResponse* response) override;
  grpc::Status RunAnalyses(grpc::ServerContext* context, const v1::RunAnalysesRequest* request,
                           v1::RunAnalysesResponse* response) override;
  grpc::Status ListCellIncidents(grpc::ServerContext* context,
                                 const v1::ListCellIncidentsRequest* request,
                                 v1::ListCellIncidentsResponse* response) override;

 private:
  AnalysisRunner& runner_;
  CellQueries& cells_;
  const std::string notice_;
};

}  // namespace fails::analytics
