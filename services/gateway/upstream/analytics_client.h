// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "fails/v1/analytics_service.pb.h"
#include "fails/v1/incident_service.pb.h"
#include "services/gateway/http/task.h"
#include "services/gateway/upstream/message_stream.h"

namespace grpc {
class Channel;
}

namespace fails::gateway {

// The analytics process, as the routes see it. Each call: the status the process answered,
// UNAVAILABLE while it is not there, DEADLINE_EXCEEDED after the timeout. Thread-safe; outlives its
// calls.
class AnalyticsClient {
 public:
  AnalyticsClient(std::shared_ptr<grpc::Channel> channel, absl::Duration timeout);
  ~AnalyticsClient();

  template <class T>
  using Reply = http::Task<absl::StatusOr<T>>;

  // `trace`: the request's traceparent.
  Reply<v1::ListProvidersResponse> ListProviders(v1::ListProvidersRequest request,
                                                 std::string trace) const;
  Reply<v1::ListServicesResponse> ListServices(v1::ListServicesRequest request,
                                               std::string trace) const;
  Reply<v1::ListPagesResponse> ListPages(v1::ListPagesRequest request, std::string trace) const;
  Reply<v1::ListIncidentsResponse> ListIncidents(v1::ListIncidentsRequest request,
                                                 std::string trace) const;
  Reply<v1::GetIncidentResponse> GetIncident(v1::GetIncidentRequest request,
                                             std::string trace) const;
  Reply<v1::ListServiceStatesResponse> ListServiceStates(v1::ListServiceStatesRequest request,
                                                         std::string trace) const;
  Reply<v1::ListServiceStatusChangesResponse> ListServiceStatusChanges(
      v1::ListServiceStatusChangesRequest request, std::string trace) const;
  Reply<v1::ListAnalysesResponse> ListAnalyses(v1::ListAnalysesRequest request,
                                               std::string trace) const;
  Reply<v1::RunAnalysisResponse> RunAnalysis(v1::RunAnalysisRequest request,
                                             std::string trace) const;
  Reply<v1::RunAnalysesResponse> RunAnalyses(v1::RunAnalysesRequest request,
                                             std::string trace) const;
  Reply<v1::ListCellIncidentsResponse> ListCellIncidents(v1::ListCellIncidentsRequest request,
                                                         std::string trace) const;

  template <class T>
  using Stream = std::unique_ptr<MessageStream<T>>;

  // An export may take as long as its reader needs, within half an hour.
  Stream<v1::ExportIncidentsResponse> ExportIncidents(v1::ExportIncidentsRequest request,
                                                      std::string trace) const;
  Stream<v1::ExportOutageDaysResponse> ExportOutageDays(v1::ExportOutageDaysRequest request,
                                                        std::string trace) const;

 private:
  struct Stubs;
  std::unique_ptr<Stubs> stubs_;
  absl::Duration timeout_;
};

}  // namespace fails::gateway
