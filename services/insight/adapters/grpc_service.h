// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fails/v1/insight_service.grpc.pb.h"
#include "services/insight/app/explainer.h"

namespace fails::insight {

// fails.v1.InsightService over an Explainer, which must outlive it. Thread-safe as the Explainer
// is.
class InsightGrpcService final : public v1::InsightService::Service {
 public:
  explicit InsightGrpcService(const Explainer& explainer) : explainer_(explainer) {}

  grpc::Status Explain(grpc::ServerContext* context, const v1::ExplainRequest* request,
                       v1::ExplainResponse* response) override;

 private:
  const Explainer& explainer_;
};

}  // namespace fails::insight
