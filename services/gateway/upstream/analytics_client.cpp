// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/upstream/analytics_client.h"

#include <utility>

#include "fails/v1/analytics_service.grpc.pb.h"
#include "fails/v1/incident_service.grpc.pb.h"
#include "services/gateway/upstream/call.h"
#include "services/gateway/upstream/stream_call.h"

namespace fails::gateway {
namespace {

// One unary method of a generated stub as a coroutine: `stub->async()->method(context, request,
// response, done)`.
template <class Response, class Async, class Request>
http::Task<absl::StatusOr<Response>> Invoke(
    Async* async,
    void (Async::*method)(grpc::ClientContext*, const Request*, Response*,
                          std::function<void(grpc::Status)>),
    Request request, std::string trace, absl::Duration timeout) {
  // The request lives in this frame, which waits for the call; gRPC has serialised it before
  // `method` returns.
  auto start = [async, method, &request](grpc::ClientContext* context, Response* response,
                                         std::function<void(grpc::Status)> done) {
    (async->*method)(context, &request, response, std::move(done));
  };
  co_return co_await AwaitCall<Response>(start, std::move(trace), timeout);
}

constexpr absl::Duration kExportTimeout = absl::Minutes(30);

}  // namespace

struct AnalyticsClient::Stubs {
  std::unique_ptr<v1::IncidentService::Stub> incidents;
  std::unique_ptr<v1::AnalyticsService::Stub> analytics;
};

AnalyticsClient::AnalyticsClient(std::shared_ptr<grpc::Channel> channel, absl::Duration timeout)
    : stubs_(
          new Stubs{v1::IncidentService::NewStub(channel), v1::AnalyticsService::NewStub(channel)}),
      timeout_(timeout) {}
AnalyticsClient::~AnalyticsClient() = default;

// The generated interface overloads each method for reactors; naming the type picks the one with a
// callback.
#define FAILS_INVOKE(stub, Service, Method)                                              \
  Invoke<v1::Method##Response, v1::Service::Stub::async_interface, v1::Method##Request>( \
      static_cast<v1::Service::Stub::async_interface*>(stub->async()),                   \
      &v1::Service::Stub::async_interface::Method, std::move(request), std::move(trace), timeout_)

http::Task<absl::StatusOr<v1::ListProvidersResponse>> AnalyticsClient::ListProviders(
    v1::ListProvidersRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, ListProviders);
}

http::Task<absl::StatusOr<v1::ListServicesResponse>> AnalyticsClient::ListServices(
    v1::ListServicesRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, ListServices);
}

http::Task<absl::StatusOr<v1::ListPagesResponse>> AnalyticsClient::ListPages(
    v1::ListPagesRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, ListPages);
}

http::Task<absl::StatusOr<v1::ListIncidentsResponse>> AnalyticsClient::ListIncidents(
    v1::ListIncidentsRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, ListIncidents);
}

http::Task<absl::StatusOr<v1::GetIncidentResponse>> AnalyticsClient::GetIncident(
    v1::GetIncidentRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, GetIncident);
}

http::Task<absl::StatusOr<v1::ListServiceStatesResponse>> AnalyticsClient::ListServiceStates(
    v1::ListServiceStatesRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, ListServiceStates);
}

http::Task<absl::StatusOr<v1::ListServiceStatusChangesResponse>>
AnalyticsClient::ListServiceStatusChanges(v1::ListServiceStatusChangesRequest request,
                                          std::string trace) const {
  return FAILS_INVOKE(stubs_->incidents, IncidentService, ListServiceStatusChanges);
}

http::Task<absl::StatusOr<v1::ListAnalysesResponse>> AnalyticsClient::ListAnalyses(
    v1::ListAnalysesRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->analytics, AnalyticsService, ListAnalyses);
}

http::Task<absl::StatusOr<v1::RunAnalysisResponse>> AnalyticsClient::RunAnalysis(
    v1::RunAnalysisRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->analytics, AnalyticsService, RunAnalysis);
}

http::Task<absl::StatusOr<v1::RunAnalysesResponse>> AnalyticsClient::RunAnalyses(
    v1::RunAnalysesRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->analytics, AnalyticsService, RunAnalyses);
}

http::Task<absl::StatusOr<v1::ListCellIncidentsResponse>> AnalyticsClient::ListCellIncidents(
    v1::ListCellIncidentsRequest request, std::string trace) const {
  return FAILS_INVOKE(stubs_->analytics, AnalyticsService, ListCellIncidents);
}

#undef FAILS_INVOKE

// gRPC has serialised the request before the stub's method returns.
AnalyticsClient::Stream<v1::ExportIncidentsResponse> AnalyticsClient::ExportIncidents(
    v1::ExportIncidentsRequest request, std::string trace) const {
  using Message = v1::ExportIncidentsResponse;
  const auto start = [&](grpc::ClientContext* context, grpc::ClientReadReactor<Message>* reactor) {
    stubs_->incidents->async()->ExportIncidents(context, &request, reactor);
  };
  return std::make_unique<GrpcMessageStream<Message>>(
      StreamReactor<Message>::Begin(start, std::move(trace), kExportTimeout));
}

AnalyticsClient::Stream<v1::ExportOutageDaysResponse> AnalyticsClient::ExportOutageDays(
    v1::ExportOutageDaysRequest request, std::string trace) const {
  using Message = v1::ExportOutageDaysResponse;
  const auto start = [&](grpc::ClientContext* context, grpc::ClientReadReactor<Message>* reactor) {
    stubs_->incidents->async()->ExportOutageDays(context, &request, reactor);
  };
  return std::make_unique<GrpcMessageStream<Message>>(
      StreamReactor<Message>::Begin(start, std::move(trace), kExportTimeout));
}

}  // namespace fails::gateway
